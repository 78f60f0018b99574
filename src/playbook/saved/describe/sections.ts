/** A line `Key:  value` and what is indented below it. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly below: readonly string[];
}

/**
 * Takes apart text in kubectl's layout: at the smallest indentation stand keys, and what is indented further belongs to the key above.
 * Continued values (labels, tolerations) are indented to the column of the first and are below as well.
 */
export function entriesOf(lines: readonly string[]): readonly Entry[] {
  const written = lines.filter((line) => line.trim() !== '');
  const indent = written.reduce((smallest, line) => Math.min(smallest, indentOf(line)), Number.POSITIVE_INFINITY);
  const entries: { key: string; value: string; below: string[] }[] = [];
  for (const line of written) {
    const [, key, value] = (indentOf(line) === indent && /^([^:]+(?::[^\s:]+)*):(?:\s+(.*))?$/.exec(line.trim())) || [];
    if (key !== undefined) entries.push({ key, value: value ?? '', below: [] });
    else entries.at(-1)?.below.push(line);
  }
  return entries;
}

/** The first entry of this name. */
export function entry(entries: readonly Entry[], key: string): Entry | undefined {
  return entries.find((one) => one.key === key);
}

/** A value; undefined where it is empty or `<none>`. */
export function written(entries: readonly Entry[], key: string): string | undefined {
  const value = entry(entries, key)?.value;
  return value === undefined || value === '' || value === '<none>' || value === '<unset>' ? undefined : value;
}

/** The time of `Sat, 21 Nov 2026 13:48:17 +0000`, as RFC 3339. */
export function timeOf(entries: readonly Entry[], key: string): string | undefined {
  const time = Date.parse(written(entries, key) ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
