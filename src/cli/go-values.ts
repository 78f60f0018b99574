import type { GoValue } from '../values/go-duration.ts';

/** Values of flags as Go reads them, and its words for those that it does not: kubectl's flags are parsed by these rules. */

const truths: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const falsehoods: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** strconv.ParseBool. */
export function parseBool(text: string): GoValue<boolean> {
  if (truths.has(text)) return { value: true };
  if (falsehoods.has(text)) return { value: false };
  return { error: `strconv.ParseBool: parsing ${quote(text)}: invalid syntax` };
}

/** strconv.ParseInt, base 10, within the range of a number that is exact here. */
export function parseInteger(text: string): GoValue<number> {
  if (!/^[+-]?\d+$/.test(text)) return { error: `strconv.ParseInt: parsing ${quote(text)}: invalid syntax` };
  const value = Number(text);
  if (!Number.isSafeInteger(value)) return { error: `strconv.ParseInt: parsing ${quote(text)}: value out of range` };
  return { value };
}

/** Go's %q, near enough: quoted, with control bytes escaped. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
