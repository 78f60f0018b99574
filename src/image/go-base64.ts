/** The padded and unpadded standard alphabets of Go's encoding/base64. */
export type Base64Padding = 'padded' | 'unpadded';

const alphabet = /^[A-Za-z0-9+/]$/;
const isNewline = (character: string | undefined): boolean => character === '\n' || character === '\r';

/**
 * Decodes as Go's encoding/base64 does: newlines are skipped, any other stray character is an error, and its position (in bytes) is the one
 * that Go's CorruptInputError names. Trailing bits are not checked, as in Go's non-strict mode.
 */
export function decodeGoBase64(text: string, padding: Base64Padding): { readonly bytes: Uint8Array } | { readonly corruptAt: number } {
  const source = Buffer.from(text, 'utf8').toString('latin1');
  let digits = '';
  for (let position = 0; position < source.length; position++) {
    const character = source.charAt(position);
    if (isNewline(character)) continue;
    if (alphabet.test(character)) {
      digits += character;
      continue;
    }
    if (character !== '=' || padding === 'unpadded') return { corruptAt: position };
    const fault = faultOfPadding(source, position, digits.length % 4);
    return fault === null ? decoded(digits) : { corruptAt: fault };
  }
  const over = digits.length % 4;
  if (over === 0 || (padding === 'unpadded' && over > 1)) return decoded(digits);
  return { corruptAt: source.length - over };
}

/** `decodeQuantum` after a first padding character at `position`, with `have` digits of the quantum read. null: well formed. */
function faultOfPadding(source: string, position: number, have: number): number | null {
  if (have < 2) return position;
  let next = skipNewlines(source, position + 1);
  if (have === 2) {
    if (next === source.length) return source.length;
    if (source[next] !== '=') return next - 1;
    next = skipNewlines(source, next + 1);
  }
  return next < source.length ? next : null;
}

function skipNewlines(source: string, from: number): number {
  let position = from;
  while (isNewline(source[position])) position++;
  return position;
}

function decoded(digits: string): { readonly bytes: Uint8Array } {
  return { bytes: Buffer.from(digits, 'base64') };
}
