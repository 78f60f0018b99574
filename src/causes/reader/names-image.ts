import { formatReference, parseReference } from '../../image/reference.ts';

/** The names by which texts call an image: as written, and in full. */
export function namesOf(image: string): readonly string[] {
  const parsed = parseReference(image);
  return 'reference' in parsed ? [...new Set([image, formatReference(parsed.reference)])] : [image];
}

/** The whole name stands in the text: not only that of an image whose name begins or ends with it. Linear in the length of the text. */
export function isNamed(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0 && name !== ''; at = text.indexOf(name, at + 1)) {
    const isWhole =
      !/[\w./@-]/.test(text[at - 1] ?? ' ') && !/^(?:[\w@/-]|[.:]\w)/.test(text.slice(at + name.length, at + name.length + 2));
    if (isWhole) return true;
  }
  return false;
}
