const hidden = '[REDACTED]';

/** What names a secret, alone or at the end of a longer name: `access_token`, `IdentityToken`, `aws_secret_access_key`. */
const names = '(?:passw(?:or)?d|passphrase|secret|token|auth|authorization|(?:api|access|private|secret)[_-]?key)';

/** Between name and value. Text that was quoted again, such as JSON in a log line, has backslashes before its quotes. */
const separator = String.raw`\\*["']?\s*[:=]\s*\[?`;

const quoted = new RegExp(String.raw`(${names}${separator})(\\*["'])(.*?)((?<!\\)\2|$)`, 'gis');
/** After `token:` a wrapped error or a status may stand instead; `/token:v1` is an image, and behind `"https://…/token": ` stands an error. */
const wrapped = String.raw`(?:unexpected|get|head|post|invalid|unauthorized|denied|failed|unable|error|no|not)(?![^\s:])|\d{3} [a-z]`;
const path = String.raw`(?<!\/[\w.-]{0,64}\\{0,16}["']?:\s{0,4})`;
const bare = new RegExp(String.raw`(${names}${separator})${path}(?!${wrapped}|(?:bearer|basic) |\[?REDACTED\])[^\s"'\\,;&\]}\[]+`, 'gi');

/** Schemes of which the secret is one of several parameters. */
const parameters = /(authorization\\*["']?\s*[:=]\s*\[?\\*["']?)(?:digest|negotiate|ntlm|aws4-hmac-sha256)\s[^\r\n]*/gi;

/**
 * Takes out of text that others wrote what may be a secret: tokens, values with a telling name, passwords in addresses, and the values of an address's query, which sign those of
 * blobs; that a query has an `ns` shows that the address is a mirror's, so the names stay. Takes time by the square of a line's length.
 */
export function hideSecrets(text: string): string {
  return text
    .replace(/(https?:\/\/)[^\s/@"']+@/gi, `$1${hidden}@`)
    .replace(
      /(https?:\/\/[^\s"'?\\]+)\?([^\s"'\\]+)/gi,
      (_, address: string, query: string) => `${address}?${query.replace(/=[^&]*/g, `=${hidden}`)}`,
    )
    .replace(parameters, `$1${hidden}`)
    .replace(/\b(Bearer|Basic)\s+(?!realm=|authenti|authori[sz]|challenge|credential)[A-Za-z0-9._~+/=-]{6,}/gi, `$1 ${hidden}`)
    .replace(/eyJ[A-Za-z0-9+/=_-]{10,}(?:\.[A-Za-z0-9_-]+){0,4}/g, hidden)
    .replace(quoted, (all, name: string, quote: string, value: string, end: string) =>
      value === '' || /^(?:(?:bearer|basic) )?\[REDACTED\]$/i.test(value) ? all : `${name}${quote}${hidden}${end}`,
    )
    .replace(bare, `$1${hidden}`);
}
