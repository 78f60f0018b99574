/** A value as Go reads it, or Go's words for one that it does not. */
export type GoValue<T> = { readonly value: T } | { readonly error: string };

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
  if (rest === '') return { error: `time: invalid duration ${JSON.stringify(text)}` };
  let milliseconds = 0;
  while (rest !== '') {
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) return { error: `time: invalid duration ${JSON.stringify(text)}` };
    rest = rest.slice(number.length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? '';
    if (unit === '') return { error: `time: missing unit in duration ${JSON.stringify(text)}` };
    const factor = millisecondsIn[unit];
    if (factor === undefined) return { error: `time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}` };
    milliseconds += Number(number) * factor;
    rest = rest.slice(unit.length);
  }
  return { value: sign * milliseconds };
}
