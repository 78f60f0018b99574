/** East Asian wide and fullwidth characters and emoji: two columns each (Unicode Standard Annex 11, the common ranges). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text without control characters takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

/**
 * Breaks text into lines of at most `width` columns: at blanks, and inside a word only where the word alone is too long, then after a `/`,
 * `:`, `,`, `=`, `?` or `&` where there is one in its second half, so that an image or a URL stays readable.
 */
export function wrapText(text: string, width: number | undefined): string[] {
  if (width === undefined) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (displayWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  lines.push(line);
  return lines;
}

function breakWord(word: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (displayWidth(rest) > width) {
    const fitting = take(rest, width);
    const soft = Math.max(...['/', ':', ',', '=', '?', '&'].map((mark) => fitting.lastIndexOf(mark)));
    const end = soft >= fitting.length / 2 ? soft + 1 : fitting.length;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

/** The longest beginning within `width` columns, one character at least. */
function take(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width && taken !== '') break;
    taken += character;
  }
  return taken;
}

/** Wraps a paragraph whose first line begins with `first` and whose others are indented by as many blanks. */
export function hanging(first: string, text: string, columns: number | undefined): string {
  const indent = displayWidth(first);
  const lines = wrapText(text, columns === undefined ? undefined : Math.max(20, columns - indent));
  return lines.map((line, i) => (i === 0 ? `${first}${line}` : `${' '.repeat(indent)}${line}`)).join('\n');
}
