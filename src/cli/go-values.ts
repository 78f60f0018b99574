/** Values of flags as Go reads them, and its words for those that it does not: kubectl's flags are parsed by these rules. */
export type GoValue<T> = { readonly value: T } | { readonly error: string };

const truths = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const falsehoods = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

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

const millisecondsIn: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** time.ParseDuration, in milliseconds: `1h15m30.918s`; a bare `0` is the only number without a unit. */
export function parseDuration(text: string): GoValue<number> {
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return { value: 0 };
  if (rest === '') return { error: `time: invalid duration ${quote(text)}` };
  let milliseconds = 0;
  while (rest !== '') {
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) return { error: `time: invalid duration ${quote(text)}` };
    rest = rest.slice(number.length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? '';
    if (unit === '') return { error: `time: missing unit in duration ${quote(text)}` };
    const factor = millisecondsIn[unit];
    if (factor === undefined) return { error: `time: unknown unit ${quote(unit)} in duration ${quote(text)}` };
    milliseconds += Number(number) * factor;
    rest = rest.slice(unit.length);
  }
  return { value: sign * milliseconds };
}

/** Go's %q, near enough: quoted, with control bytes escaped. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
