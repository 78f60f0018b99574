/** One line of at most `limit` characters: what others wrote, fit to stand in a sentence. */
export function clip(text: string, limit = 200): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 3)}...`;
}

/** `a`, `a and b`, `a, b and c`; at most `most` of them are named, each on one line of at most 120 characters. */
export function list(items: readonly string[], most = 4): string {
  const named = items.slice(0, most).map((item) => clip(item, 120));
  const all = items.length > most ? [...named, `${items.length - most} more`] : named;
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}

/** Joins sentences, leaving out those that there is nothing to say for. */
export function sentences(...parts: readonly (string | null)[]): string {
  return parts.filter((part): part is string => part !== null && part !== '').join(' ');
}

/** In double quotes, as it came: the quotes say that these are another program's words. */
export function quote(text: string): string {
  return `"${text}"`;
}
