import type { Progress } from '../../playbook/scan/find-pods.ts';
import type { CauseCode } from '../../values/cause-code.ts';
import { list } from '../../words/text.ts';
import type { StatusLine } from '../status-line.ts';

/** Most causes in the line; the rest is counted. */
const named = 8;

/** How far a scan is: shown while it works, and said where it is interrupted. */
export interface ScanProgress {
  /** Pods that were looked at, in the first pass. */
  readonly seen: () => number;
  finding(progress: Progress): void;
  /** `done` of the `of` pods with a failing pull, or what may be one, are read; `codes`: the causes of the one that was read last. */
  reading(done: number, of: number, codes: readonly CauseCode[]): void;
  /** One line about what was known by then. @param why it ended */
  interruption(why?: string): string;
}

export function scanProgress(status: StatusLine): ScanProgress {
  let words = 'no pod read';
  let seen = 0;
  const causes = new Map<CauseCode, number>();
  const say = (text: string) => {
    words = text;
    status.show(text);
  };
  return {
    seen: () => seen,
    finding(progress) {
      seen = progress.seen;
      say(findingText(progress));
    },
    reading(done, of, codes) {
      for (const code of new Set(codes)) causes.set(code, (causes.get(code) ?? 0) + 1);
      say(`${number(done)} of ${number(of)} failing pods read`);
    },
    interruption(why = 'interrupted') {
      const known = [...causes].sort((a, b) => b[1] - a[1]).map(([code, pods]) => `${number(pods)} ${code}`);
      return `${why}: ${words}${known.length === 0 ? '' : `; known by then: ${list(known, named)}`}`;
    },
  };
}

/** `1,200 of 10,000 pods, 31 failing` */
function findingText({ seen, of, failing }: Progress): string {
  return `${number(seen)}${of === null || of < seen ? '' : ` of ${number(of)}`} pods read, ${number(failing)} failing`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
