/** A key of a docker config, normalised as the kubelet's keyring stores it. */
export interface RegistryKey {
  /** Labels of the host between dots; patterns of a key, plain names of an image. */
  readonly labels: readonly string[];
  readonly port: string;
  /** With its leading slash; empty for a whole host. */
  readonly path: string;
  /** Host and path joined: what the keyring sorts by. */
  readonly text: string;
}

const validHost = /^[A-Za-z0-9._~!$&'()*+,;=:[\]<>"\u0080-\uffff-]*$/;

/**
 * Normalises the key of an entry (Kubernetes pkg/credentialprovider/keyring.go, `Add`): scheme, user and query are dropped, `/v1/` and
 * `/v2/` are taken off the front of a path. null: Go's url.Parse refuses it, and the kubelet ignores the entry.
 */
export function normalizeKey(key: string): RegistryKey | null {
  const parsed = parseUrl(key.replace(/^https?:\/\//, ''));
  if (!parsed) return null;
  const path = /^\/v[12]\//.test(parsed.path) ? parsed.path.slice(3) : parsed.path;
  return parseSchemeless(parsed.host + (path === '/' ? '' : path));
}

/** Reads `host[:port]/path` (`ParseSchemelessURL`). null: not a URL. */
export function parseSchemeless(text: string): RegistryKey | null {
  const parsed = parseUrl(text);
  if (!parsed) return null;
  const { name, port } = splitPort(parsed.host);
  return { labels: name.split('.'), port, path: parsed.path, text };
}

/** `URLsMatch`: equal ports, as many labels, each matching its pattern, and the key's path a plain prefix of the image's. */
export function keyMatches(key: RegistryKey, image: RegistryKey): boolean {
  return (
    key.port === image.port &&
    key.labels.length === image.labels.length &&
    image.path.startsWith(key.path) &&
    key.labels.every((pattern, index) => globMatches(pattern, image.labels[index] ?? ''))
  );
}

/** What Go's url.Parse makes of the text after `https://`. */
function parseUrl(text: string): { readonly host: string; readonly path: string } | null {
  if (/[\u0000-\u001f\u007f]/.test(text)) return null;
  const bare = (text.split('#', 1)[0] ?? '').split('?', 1)[0] ?? '';
  const slash = bare.indexOf('/');
  const authority = slash < 0 ? bare : bare.slice(0, slash);
  const at = authority.lastIndexOf('@');
  if (at >= 0 && !/^[A-Za-z0-9._:~!$&'()*+,;=%@-]*$/.test(authority.slice(0, at))) return null;
  const host = authority.slice(at + 1);
  const path = slash < 0 ? '' : unescapePath(bare.slice(slash));
  if (path === null || !validHost.test(host) || !hasValidPort(host)) return null;
  return { host, path };
}

function hasValidPort(host: string): boolean {
  const afterHost = host.startsWith('[') ? host.slice(host.lastIndexOf(']') + 1) : host.slice(host.lastIndexOf(':'));
  if (host.startsWith('[')) return host.includes(']') && /^(?::\d*)?$/.test(afterHost);
  return !host.includes(':') || /^:\d*$/.test(afterHost);
}

function unescapePath(path: string): string | null {
  if (/%(?![0-9A-Fa-f]{2})/.test(path)) return null;
  const bytes = path.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return path.includes('%') ? Buffer.from(bytes, 'latin1').toString('utf8') : path;
}

/** net.SplitHostPort; a host that it refuses (no port, several colons) is taken whole. */
function splitPort(host: string): { readonly name: string; readonly port: string } {
  const match = /^(?:\[([^[\]]*)\]|([^:[\]]*)):(\d*)$/.exec(host);
  return match ? { name: match[1] ?? match[2] ?? '', port: match[3] ?? '' } : { name: host, port: '' };
}

/** Go's filepath.Match for a single label: `*`, `?`, `[class]`. Linear in the product of the lengths. A bad pattern matches nothing. */
function globMatches(pattern: string, text: string): boolean {
  const tokens = tokenize(pattern);
  if (!tokens) return false;
  let token = 0;
  let position = 0;
  let star = -1;
  let resume = 0;
  while (position < text.length) {
    const current = tokens[token];
    if (current === '*') {
      star = token++;
      resume = position;
    } else if (current?.(text.charAt(position))) {
      token++;
      position++;
    } else if (star >= 0) {
      token = star + 1;
      position = ++resume;
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === '*');
}

type Token = '*' | ((character: string) => boolean);

function tokenize(pattern: string): readonly Token[] | null {
  const tokens: Token[] = [];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === '*') tokens.push('*');
    else if (character === '?') tokens.push(() => true);
    else if (character === '[') {
      const end = pattern.indexOf(']', index + 2);
      const matcher = end < 0 ? null : classMatcher(pattern.slice(index + 1, end));
      if (!matcher) return null;
      tokens.push(matcher);
      index = end;
    } else tokens.push((other) => other === character);
  }
  return tokens;
}

function classMatcher(body: string): ((character: string) => boolean) | null {
  const negated = body.startsWith('^');
  const ranges = [...(negated ? body.slice(1) : body).matchAll(/([^-])(?:-([^-]))?/g)].map(
    (match) => [match[1] ?? '', match[2] ?? match[1] ?? ''] as const,
  );
  if (ranges.length === 0) return null;
  return (character) => ranges.some(([low, high]) => character >= low && character <= high) !== negated;
}

/** The key as it may be shown: people paste addresses with a login in them, and the kubelet takes them. */
export function shownKey(key: string): string {
  return key.replace(/^([a-z]*:?\/\/)?[^/@]*@/i, '$1…@');
}
