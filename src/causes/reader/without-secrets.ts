/** Parameters of token requests and mirrors that say what was asked for, and hold no secret. */
const openParameters = new Set(['ns', 'scope', 'service', 'account', 'client_id', 'fromimage', 'tag']);

/**
 * The text without what would let someone in: user and password in URLs, the values of query parameters, `Authorization` values and tokens.
 * Linear in the length of the text.
 */
export function withoutSecrets(text: string): string {
  return text
    .replace(/(:\/\/)[^\s/@"'<>]{1,512}@/g, '$1…@')
    .replace(/([?&])([\w.%-]{1,64})=([^\s&"'<>\\]{1,4096})/g, (whole, mark, name) =>
      openParameters.has(String(name).toLowerCase()) ? whole : `${mark}${name}=…`,
    )
    .replace(/\b(bearer|basic) (?!realm|auth|token|challenge|response\b|credentials?\b)[\w+/=.~-]{8,4096}/gi, '$1 …')
    .replace(/\beyJ[\w-]{8,4096}\.[\w-]{1,8192}(?:\.[\w-]{1,4096})?/g, '…')
    .replace(
      /\b((?:--)?(?:password|passwd|secret_?key|access_?key|api_?key|token)(?:=["']?|["']: ?["']))(?=\S{0,64}[\d_-])[\w+/=.~!@#$%^&*-]{6,512}/gi,
      '$1…',
    );
}
