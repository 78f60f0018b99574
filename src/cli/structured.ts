/** One value as kubectl prints it: JSON with four spaces, or the same as YAML. */
export async function structured(value: object, format: 'json' | 'yaml'): Promise<string> {
  const { escapeJson } = await import('../report/escape.ts');
  if (format === 'json') return `${escapeJson(JSON.stringify(value, null, 4))}\n`;
  const { dump } = await import('js-yaml');
  return dump(value, { lineWidth: -1, noRefs: true });
}
