import { isNamed, namesOf } from './names-image.ts';
import { registryErrorsIn } from './registry-words.ts';
import { statusIn } from './status.ts';

/** A text that tells of several failures: of the hosts that were asked in turn, or of attempts one after another. */
export interface Statements {
  /** In the order of the text: hosts in the order asked, attempts oldest first. At least one. */
  readonly told: readonly string[];
  /**
   * What the mirrors of the registry said, each behind the mirror's name of the image: CRI-O and Podman put it before the registry's own
   * failure.
   */
  readonly mirrors: readonly string[];
}

/** More than any registry has mirrors, or anyone reads of attempts. */
const most = 16;

/**
 * Where one failure ends and the next begins: the kubelet's events, Podman's and Buildah's retries, Watchtower's images, Podman's list of
 * candidates for a short name.
 */
const beginnings: readonly RegExp[] = [
  /\bFailed to pull image ["“]/g,
  /\bFailed to create pod sandbox: /g,
  /\bFailed, retrying in \d/g,
  /\bCould not do a head request for "/g,
];
const candidates = /\berrors? occurred while pulling:/;
const nextHost = 'trying next host';

/** Takes a cleaned text apart. `image`: only what tells of this one, where the text tells of several. Linear in the length of the text. */
export function statementsIn(text: string, image?: string): Statements {
  const { main, mirrors } = withoutMirrors(text);
  const { rest, hosts } = withoutEarlierHosts(main);
  const told = [...hosts, ...attemptsIn(rest)];
  const names = image === undefined || told.length === 1 ? [] : namesOf(image);
  const own = told.filter((one) => names.some((name) => isNamed(one, name)));
  return { told: (own.length > 0 ? own : told).slice(-most), mirrors };
}

function attemptsIn(text: string): readonly string[] {
  const list = candidates.exec(text);
  if (list) {
    const items = text.slice(list.index + list[0].length).split(' * ');
    return items.length > 2 ? items.slice(1) : [text];
  }
  for (const beginning of beginnings) {
    const starts = [...text.matchAll(beginning)].map(({ index }) => index);
    if (starts.length < 2) continue;
    const parts = starts.map((start, at) => text.slice(at === 0 ? 0 : start, starts[at + 1]));
    return parts.flatMap((part, at) => (at === parts.length - 1 ? withLastWord(part) : [part]));
  }
  return [text];
}

/** Behind the last retry comes the failure itself, which begins with `Error: ` like the one that is retried. */
function withLastWord(part: string): readonly string[] {
  if (!part.startsWith('Failed, retrying')) return [part];
  const first = part.indexOf('Error: ');
  const last = part.lastIndexOf(' Error: ');
  return first >= 0 && last > first ? [part.slice(0, last), part.slice(last)] : [part];
}

/** containerd's clients log the failure of each host but the last: `trying next host error="…" host=…`. */
function withoutEarlierHosts(text: string): { readonly rest: string; readonly hosts: readonly string[] } {
  const hosts: string[] = [];
  let rest = '';
  let from = 0;
  for (let at = text.indexOf(nextHost); at >= 0; at = text.indexOf(nextHost, from)) {
    const end = text.indexOf(' host=', at);
    if (end < 0) break;
    rest += text.slice(from, at);
    hosts.push(text.slice(at, end));
    from = end + 1;
  }
  if (hosts.length === 0) return { rest: text, hosts };
  rest += text.slice(from);
  return /\p{L}{3,} \p{L}{2,}/u.test(rest) ? { rest, hosts } : { rest: text, hosts: [] };
}

/** containers/image docker/docker_image_src.go: `(Mirrors also failed: [REF: ERROR] [REF: ERROR]): REF: ERROR`. */
function withoutMirrors(text: string): { readonly main: string; readonly mirrors: readonly string[] } {
  const opening = /\(mirrors also failed: /i.exec(text);
  if (!opening || isAnswered(text.slice(0, opening.index))) return { main: text, mirrors: [] };
  const from = opening.index + opening[0].length;
  const end = text.indexOf(']): ', from);
  if (end < 0) return { main: text, mirrors: [] };
  const mirrors = text.slice(from, end).replace(/^\[/, '').split('] [').slice(0, most);
  return { main: `${text.slice(0, opening.index)}${text.slice(end + 4)}`, mirrors };
}

/** A registry spoke before: what follows is its words, whatever they imitate. */
function isAnswered(before: string): boolean {
  const words = before.trimEnd();
  return (statusIn(words.toLowerCase()) ?? 0) >= 400 || registryErrorsIn(`${words}${words.endsWith(':') ? '' : ':'} `).length > 0;
}
