import { namePrefix } from '../probe/pod.ts';
import { shorten } from '../shorten.ts';

export interface Wanted {
  /** A line is about the images when it holds one of these. */
  readonly about: readonly RegExp[];
  /** RFC 3339; lines that say that they are older are left out. */
  readonly since: string;
}

/** Of each log, lest the one that repeats itself drive out the other. */
const mostLines = 25;
/** A kubelet quotes the runtime's words in words of its own, which doubles every quote. */
const longestLine = 2000;

/** What concerns every pull of the node, whichever image it names: helpers that fetch credentials, and the configuration of registries. */
const always = /credential.?provider|hosts\.toml|registries\.conf|registry host/i;

/**
 * The newest lines about the images of each log, oldest first, without those of probe pods and without what may be a secret; what a log
 * says again and again, its newest time only.
 */
export function aboutImages(texts: readonly string[], { about, since }: Wanted): readonly string[] {
  const from = Date.parse(since);
  return texts.flatMap((text) => {
    const lines = text
      .split('\n')
      .filter((line) => about.some((pattern) => pattern.test(line)) || (always.test(line) && /\b(?:err|fail|warn)/i.test(line)))
      .filter((line) => !isRoutine(line) && !line.includes(namePrefix) && !((timeOf(line) ?? from) < from));
    return newestOfEach(lines)
      .slice(-mostLines)
      .map((line) => shorten(line.trim(), longestLine));
  });
}

/** That a pull began, or ended, and that a sandbox of a pod was made. */
function isRoutine(line: string): boolean {
  return /\blevel"?[=:]"?(?:info|debug)\b/.test(line) && !/\berr(?:or)?"?[=:]|fail|next host/i.test(line);
}

/** Lines that differ only in their numbers, such as times, are one. */
function newestOfEach(lines: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const newest = lines.toReversed().filter((line) => {
    const key = line.replace(/\d+/g, '0');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return newest.reverse();
}

/**
 * Milliseconds since 1970 of a line that begins with, or names in logfmt or JSON, an RFC 3339 time; null where it shows none. A journal
 * puts its own time in front, without the year.
 */
function timeOf(line: string): number | null {
  const time = /(?:^\s*|(?:^|[\s{])"?(?:time|ts)"?[=:]\s*"?)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))/.exec(line)?.[1];
  const read = time ? Date.parse(time) : Number.NaN;
  return Number.isNaN(read) ? null : read;
}
