export type LiftedKind = 'url' | 'image' | 'digest' | 'address' | 'host' | 'path' | 'store' | 'socket' | 'name' | 'version';

export interface Token {
  readonly open: string;
  readonly core: string;
  readonly close: string;
  readonly quoted: boolean;
}

const opening = new Set(['"', "'", '`', '“', '‘', '(', '[', '{', '<', '*']);
const closing = new Set(['"', "'", '`', '”', '’', ')', ']', '}', '>', ':', ',', ';', '.', '!', '?', '…']);
const quotes = new Set(['"', "'", '`', '“', '”', '‘', '’']);

/** Words with a slash, a dot or a colon that programs say themselves. */
const ownWords = new Set([
  'i/o', 'input/output', 'net/http', 'archive/tar', 'username/password', 'user/password', 'name/password', 'and/or', 'config/layer', 'read/write', 'n/a',
  'image/artifact', 'os/arch', 'os/architecture', 'crypto/rsa', 'crypto/tls', 'crypto/x509', 'compress/gzip', 'client.timeout', 'registry/repository', 'repository/image',
  'ctr/crictl', 'tag/digest', 'manifest/tag', 'image/tag', 'tcp/ip', 'ssl/tls', 'uid/gid', 'tls/ssl', 'e.g', 'i.e', 'authentication/authorization',
]); // biome-ignore format: a list of words

/** Left sides of a colon without a blank that are no image name: `status:403`. */
const keys =
  /^(?:status|statuscode|code|error|err|errors|message|msg|reason|http|https|tcp|tls|x509|eof|detail|details|desc|rpc|denied|unauthorized|toomanyrequests|unknown|errno|cause|level|output|stderr)$/i;

/** Sizes of a progress bar: `294.7MB/516.6MB`. */
const sizes = /^[\d.]{1,9}[kmgt]?i?b\/[\d.]{1,9}[kmgt]?i?b$/i;
const mediaType = /^(?:application|text|image|multipart)\/[\w.+*-]+$/i;
const platform = /^(?:linux|windows|darwin|freebsd|unknown)\/[\w/.-]+$/i;
const address =
  /^(?:\[[0-9a-f:.%\w]*\](?::\d{1,5})?|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?:\/\d{1,2})?|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7})$/i;
const hostAndPort = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?:\d{2,5}$/i;
const digest = /^(?:[\w+.-]*@)?(?:sha256|sha384|sha512|blake3)[:-][0-9a-f]{4,128}$/i;
const nameAndTag = /^[a-z0-9][a-z0-9._-]*:\w[\w.-]{0,127}$/;
/** Where runtimes keep images: containerd, containers/storage, docker, k3s and rke2. */
const storePath = /\/(?:containerd|containers\/storage|docker\/(?:overlay2?|image|vfs|btrfs|tmp|aufs)|rancher|io\.containerd)\b/;
const dotted = /^[a-z0-9_$*-]+(?:\.[a-z0-9_$*-]+)+$/i;

/** What a name has, and a plain word of a message has not; a longer word without any of these may still be a digest. */
const marks = /[.:/\\@>[‹-]/;
const plainLength = 12;

/** Splits the punctuation and quotes around a token from what they enclose. */
export function splitToken(word: string): Token {
  let start = 0;
  let end = word.length;
  const equals = /^[a-z_]{2,24}(?:=|:(?="))/i.exec(word);
  if (equals) start = equals[0].length;
  let openQuote = false;
  let closeQuote = false;
  while (start < end && opening.has(word[start] ?? '')) {
    if (word[start] === '[' && word.indexOf(']', start) > 0 && /^\[[0-9a-f:.%]*\]/i.test(word.slice(start, start + 64))) break;
    openQuote ||= quotes.has(word[start] ?? '');
    start += 1;
  }
  while (end > start && closing.has(word[end - 1] ?? '')) {
    if (word[end - 1] === ']' && word[start] === '[') break;
    closeQuote ||= quotes.has(word[end - 1] ?? '');
    end -= 1;
  }
  return { open: word.slice(0, start), core: word.slice(start, end), close: word.slice(end), quoted: openQuote && closeQuote };
}

/**
 * What a token names; null: it is a word of the message itself. `quoted` tokens are names unless they are a media type or an error's own
 * code.
 */
export function classifyName(core: string, quoted: boolean, before: string): LiftedKind | null {
  if (!quoted && core.length < plainLength && !marks.test(core)) return null;
  const lower = core.toLowerCase();
  if (
    core.includes('‹') ||
    /^\\{1,16}x15/.test(core) ||
    ownWords.has(lower) ||
    mediaType.test(core) ||
    platform.test(core) ||
    sizes.test(core)
  )
    return null;
  // Who may not, and what: a principal of AWS and an action of its IAM (`ecr:BatchGetImage`).
  if (/^arn:aws[\w-]*:/.test(core) || /^[a-z][a-z0-9-]{1,30}:[A-Z][A-Za-z]{2,60}$/.test(core)) return null;
  if (/^https?:\/\//i.test(core)) return 'url';
  if (/\.sock$|\.sock:|^(?:unix|npipe):|^\/{2}\.\/pipe|^\\\\\.\\pipe/i.test(core)) return 'socket';
  if (/^(?:docker|oci|docker-daemon|containers-storage|docker-archive|oci-archive):(?:\/\/)?[^\s]/.test(core) && core.includes('/'))
    return 'image';
  if (digest.test(core)) return 'digest';
  if (/^layer-|^manifest-sha|^config-sha|^index-sha/.test(core) || /^[0-9a-f]{12,128}$/i.test(core)) return 'digest';
  if (core.includes('->') || address.test(core)) return 'address';
  if (/^(?:[a-z]:\\|\\\\|\/[\w.@~-]+)/i.test(core)) return core.includes('@') ? 'image' : storePath.test(core) ? 'store' : 'path';
  if (quoted) return isErrorWord(core) ? null : before === 'image' || before === 'reference' ? 'image' : 'name';
  if (hostAndPort.test(core) && !keys.test(lower.slice(0, lower.indexOf(':')))) return 'address';
  if (core.includes('/') && core.includes('"')) return 'name';
  if (core.includes('/')) return /^http\/[\d.x]+$/i.test(core) || core.startsWith('<') || core.includes('=') ? null : 'image';
  if (nameAndTag.test(core) && !keys.test(lower.slice(0, lower.indexOf(':')))) return 'image';
  if (dotted.test(core)) return /^v?\d[\d.]*$/.test(core) ? 'version' : 'name';
  return null;
}

/** A quoted word in capitals is a code of the registry's, not a name; so is a lone status. */
function isErrorWord(core: string): boolean {
  return (
    /^[A-Z][A-Z_]{3,40}$/.test(core) ||
    core.startsWith('<') ||
    /^(?:insufficient_scope|invalid_token)$/.test(core) ||
    core.includes('{') ||
    core.startsWith('\\x')
  );
}
