/** Longest text of a server in a cell of the table, a paragraph of the verdict, and a fact of the ledger, in characters. */
export const limits = { finding: 300, paragraph: 1200, fact: 4096, sourceText: 400 } as const;

/** What a terminal obeys or hides: C0, DEL, C1, soft hyphen, zero-width, bidi and invisible format characters, tags, lone surrogates. */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;

/**
 * Makes text of a server harmless on a terminal, in one line: ESC becomes `^[` and CR `\r` as in kubectl (cli-runtime
 * printers/terminal.go), other control, bidi and invisible characters their `\u` escapes; a line break becomes ` ⏎ `.
 */
export function escapeText(text: string): string {
  return foldLines(text).replaceAll('\t', ' ').replace(unsafe, visible);
}

/** The text in one line, ` ⏎ ` where it broke. */
export function foldLines(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ⏎ ');
}

function visible(character: string): string {
  if (character === '\u001b') return '^[';
  if (character === '\r') return '\\r';
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * Escapes the same characters inside JSON text, where a `\u` escape is the character itself: what reads the JSON sees no difference.
 * C0 needs no help: JSON.stringify has escaped it, and the line breaks that are left are the layout's.
 */
export function escapeJson(json: string): string {
  return json.replace(unsafe, (character) => {
    if (character <= '\u001f') return character;
    return [...Array(character.length).keys()].map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  });
}

/** Whether a text of several lines holds any of these characters. */
export function isUnsafe(text: string): boolean {
  return text.replace(/[\n\t]/g, '').search(unsafe) >= 0;
}

/** At most `most` characters, cut in the middle: a message says what it is about first, and what went wrong last. */
export function cutMiddle(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const room = most - 3;
  const head = characters.slice(0, Math.floor(room / 3)).join('');
  const tail = characters.slice(characters.length - Math.ceil((room * 2) / 3)).join('');
  return `${head.replace(/\s+\S{0,24}$/, '')} … ${tail.replace(/^\S{0,24}\s+/, '')}`;
}

/** At most `most` characters, cut at the end. */
export function cutEnd(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const kept = characters.slice(0, most - 1).join('');
  return `${kept.trimEnd()}…`;
}
