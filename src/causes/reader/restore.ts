import { clean } from './clean.ts';
import { unwrapJson } from './registry-words.ts';

const placeholder = /‹\w+›/;
/** Characters of a name at most. */
const longest = 300;

/**
 * Words of a registry with the names that were taken out of them, as they stand in the text; the words as they are where they are not found
 * there. Linear.
 */
export function restoreNames(words: string, raw: string): string {
  const pieces = words.split(placeholder);
  if (pieces.length === 1) return words;
  const text = unwrapJson(clean(raw));
  const start = pieces[0] === '' ? -1 : text.indexOf(pieces[0] ?? '');
  if (start < 0) return words;
  let end = start + (pieces[0]?.length ?? 0);
  for (const [index, piece] of pieces.entries()) {
    if (index === 0) continue;
    const length = piece === '' ? text.slice(end).search(/\s|$/) : text.slice(end, end + longest + piece.length).indexOf(piece);
    if (length < 1 || length > longest || /\s/.test(text.slice(end, end + length))) return words;
    end += length + piece.length;
  }
  return text.slice(start, end);
}
