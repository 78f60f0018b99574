import { classifyName, type LiftedKind, splitToken } from './name-token.ts';

export interface LiftedName {
  readonly kind: LiftedKind;
  readonly text: string;
  /** The word before it, lower case, without punctuation: `image`, `reference`, `lookup`, `head` … */
  readonly after: string;
}

export interface Lifted {
  /** The text with every name replaced by a placeholder such as `‹image›`. */
  readonly text: string;
  readonly names: readonly LiftedName[];
}

/** Two words after which the next one is a name, whatever it looks like. */
const namePositions: Readonly<Record<string, LiftedKind>> = {
  'denied for': 'image',
  'manifest for': 'image',
  'reading manifest': 'name',
  'fetching manifest': 'name',
  'getting manifest': 'name',
  'pull image': 'image',
  'pulling image': 'image',
  'inspect image': 'image',
  'find image': 'image',
  'container image': 'image',
  'sandbox image': 'image',
  'of image': 'image',
  'for image': 'image',
  'from host': 'host',
  'container registry': 'host',
  'docker registry': 'host',
  'tcp lookup': 'host',
  'host lookup': 'host',
  'error lookup': 'host',
};

/** Single words that only ever introduce a name. */
const nameIntroducers: Readonly<Record<string, LiftedKind>> = { lookup: 'host', '[manifests': 'name', '(tag:': 'name' };

/** Words that follow such an introduction without being a name. */
const notNames = new Set([
  'not', 'is', 'are', 'was', 'does', 'or', 'and', 'in', 'for', 'with', 'from', 'the', 'a', 'to', 'of', 'on', 'because', 'that', 'which', 'failed', 'error',
  'errors', 'rpc', 'pull', 'name', 'digest', 'mirrors', 'access', 'unknown', 'list', 'manifest', 'manifests', 'index', 'response',
  'returned', 'config', 'configuration', 'content', 'layer', 'layers', 'service', 'err', 'still', 'has', 'signature', 'because', 'ref',
]); // biome-ignore format: a list of words

/** The parts of a reference under which a message may mention it; single plain words are left out, as they are words. */
export function partsOf(image: string): ReadonlySet<string> {
  const parts = new Set<string>();
  const withoutDigest = image.split('@')[0] ?? image;
  const slash = withoutDigest.lastIndexOf('/');
  const colon = withoutDigest.lastIndexOf(':');
  const repository = colon > slash ? withoutDigest.slice(0, colon) : withoutDigest;
  const path = repository.split('/');
  const candidates = [image, withoutDigest, repository, ...path, path.slice(1).join('/'), path.slice(2).join('/')];
  if (colon > slash) candidates.push(withoutDigest.slice(colon + 1), withoutDigest.slice(slash + 1));
  for (const candidate of candidates) if (/[-._/:]/.test(candidate) && candidate.length > 2) parts.add(candidate.toLowerCase());
  return parts;
}

/**
 * Takes the names out of a cleaned text: quoted names, URLs, addresses, paths, digests, references, and the parts of the given image. What
 * is left is what the program that speaks says itself. Works token by token, so it is linear.
 */
export function lift(text: string, image?: string): Lifted {
  const own = image ? partsOf(image) : new Set<string>();
  const names: LiftedName[] = [];
  let before = '';
  let beforeThat = '';
  let afterColon = false;
  const out: string[] = [];
  const words = text.split(' ');
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const { open, core, close, quoted } = splitToken(word);
    const expected: LiftedKind | undefined =
      (notNames.has(core.toLowerCase()) || afterColon) && !quoted
        ? undefined
        : (namePositions[`${beforeThat} ${before}`] ?? nameIntroducers[before]);
    const followedByNotFound =
      /^(?:repository|repo|tag|project|image|manifest)$/.test(before) &&
      words[index + 1] === 'not' &&
      words[index + 2]?.startsWith('found');
    let kind = core === '' ? null : classifyName(core, quoted, before);
    if (kind === null && core !== '' && (own.has(core.toLowerCase()) || (followedByNotFound && !notNames.has(core)))) kind = 'name';
    if (kind === null && core !== '' && expected) kind = expected;
    if (kind === null) out.push(word);
    else {
      names.push({ kind, text: core, after: before });
      out.push(`${open}‹${kind}›${close}`);
    }
    beforeThat = before;
    afterColon = kind === null && word.endsWith(':');
    before = kind === null ? bare(word) : `‹${kind}›`;
  }
  return { text: out.join(' '), names };
}

const inFront = new Set(['"', "'", '(']);
const behind = new Set([':', ',', ';', '"', "'"]);

/** A word in lower case without the punctuation around it. By index: a pattern bound to the end is quadratic in a long run. */
function bare(word: string): string {
  let start = 0;
  let end = word.length;
  while (end > start && behind.has(word[end - 1] ?? '')) end -= 1;
  while (start < end && inFront.has(word[start] ?? '')) start += 1;
  return word.slice(start, end).toLowerCase();
}
