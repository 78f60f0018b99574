export type TextKind = 'json' | 'yaml' | 'describe' | 'table';

/** What a text is, by its beginning; null: none of these. */
export function textKind(head: string): TextKind | null {
  if (/^\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:\{|\]|$))/.test(head)) return 'json';
  if (/^Name:\s+\S.*\r?\n(?:\S.*\n)*?Namespace:\s/m.test(head)) return 'describe';
  if (/^(?:apiVersion|kind|items|metadata):(?:\s|$)/m.test(head)) return 'yaml';
  return /^(?:NAMESPACE\s+)?(?:NAME|LAST SEEN)\s+[A-Z]/m.test(head) ? 'table' : null;
}
