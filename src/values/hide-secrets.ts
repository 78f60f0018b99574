const hidden = '…';

/** Parameters of token requests and mirrors that say what was asked for, and hold no secret. */
const openParameters = new Set(['ns', 'scope', 'service', 'account', 'client_id', 'fromimage', 'tag']);

/** What names a secret, alone or at the end of a longer name: `access_token`, `IdentityToken`, `aws_secret_access_key`. */
const names = '(?:passw(?:or)?d|passphrase|secret|token|auth|authorization|(?:api|access|private|secret)[_-]?key)';

/** Between name and value. Text that was quoted again, such as JSON in a log line, has backslashes before its quotes. */
const separator = String.raw`\\{0,16}["']?\s{0,4}[:=]\s{0,4}\[?`;

const quoted = new RegExp(String.raw`(${names}${separator})(\\{0,16}["'])(.{0,8192}?)((?<!\\)\2|$)`, 'gis');

/**
 * After `token:` a wrapped error or a status may stand instead; `my-auth:v1` is an image, and behind `"https://…/token": ` stands an error.
 */
const wrapped = String.raw`(?:unexpected|get|head|post|invalid|unauthorized|denied|failed|unable|error|expired|no|not)(?![^\s:])|\d{3} [a-z]`;
const path = String.raw`(?<!\/[\w.-]{0,64}\\{0,16}["']?:\s{0,4})`;
const image = String.raw`(?<!(?:^|[-"'\w./\\]|image |reference )${names}:)`;
const bare = new RegExp(String.raw`(${names}${separator})${path}${image}(?!${wrapped}|(?:bearer|basic) )[^\s"'\\,;&\]}\[]{1,8192}`, 'gi');
/** Fields as Go prints them: `{Username:ci,IdentityToken:…}`. */
const field = /(?<=[{,\s][A-Za-z]{0,32}(?:Password|Secret|Token|Auth|Key):)[^\s"'\\,;&\]}[]{1,8192}/g;

/** Schemes of which the secret is one of several parameters. */
const parameters = /(authorization\\{0,16}["']?\s{0,4}[:=]\s{0,4}\[?\\{0,16}["']?)(?:digest|negotiate|ntlm|aws4-hmac-sha256)\s[^\r\n]*/gi;

function isWord(value: string): boolean {
  return /^[A-Z]?[a-z]+[.:)]*$/.test(value);
}

/** `may require authorization: server message`: behind a colon, and of what no password is. */
function isSentence(name: string, value: string): boolean {
  return isWord(value) && /:\s*$/.test(name) && !/^(?:pass|.*key)/i.test(name);
}

/**
 * Takes out of text that others wrote what may be a secret: logins in addresses, the values of an address's query (which sign those of
 * blobs), tokens, and values with a telling name. What says why a pull failed stays: images, a mirror's `ns`, errors. The one function for
 * it: nothing that a server, a runtime or a kubelet said is kept or shown without it. Done twice it is the same.
 */
export function hideSecrets(text: string): string {
  return text
    .replace(/(:\/\/)[^\s/@"'<>]{1,512}@/g, `$1${hidden}@`)
    .replace(/([?&])([\w.%-]{1,64})=([^\s&"'<>\\]{1,4096})/g, (whole, mark: string, name: string, value: string) =>
      openParameters.has(name.toLowerCase()) ? whole : `${mark}${name}=${hidden}${/[:,;.)\]}]*$/.exec(value)?.[0] ?? ''}`,
    )
    .replace(parameters, `$1${hidden}`)
    .replace(
      /\b(bearer|basic)\s{1,4}(?!realm|auth|token|challenge|response\b|credentials?\b)[\w+/=.~-]{6,8192}/gi,
      (all, scheme: string) => (isWord(all.slice(scheme.length).trim()) ? all : `${scheme} ${hidden}`),
    )
    .replace(/eyJ[\w+/=-]{8,8192}(?:\.[\w-]{1,8192}){0,4}/g, hidden)
    .replace(quoted, (all, name: string, quote: string, value: string, end: string) =>
      value === '' || /^(?:(?:bearer|basic) )?…$/i.test(value) ? all : `${name}${quote}${hidden}${end}`,
    )
    .replace(bare, (all, name: string) => (isSentence(name, all.slice(name.length)) ? all : `${name}${hidden}`))
    .replace(field, hidden);
}
