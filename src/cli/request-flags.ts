import { reachedBy } from '../cluster/reached-by.ts';
import { type Format, formats } from '../report/render/options.ts';
import { parseDuration } from '../values/go-duration.ts';
import { connectionFlags } from './connection-flags.ts';
import { quote } from './go-values.ts';
import type { Printing, WatchRequest } from './request.ts';
import type { FlagValues } from './typed-flags.ts';
import { isUsageError, type UsageError, usageError } from './usage-error.ts';

const defaultMilliseconds = 60_000;

/** The longest that a run may take, and what `--timeout=0` means: a run left behind must end some time. */
const longestMilliseconds = 3_600_000;

/** A text that was given and is not empty. */
export function textFlag(flags: FlagValues, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The words of a flag that may be given more than once. */
export function listFlag(flags: FlagValues, name: string): readonly string[] {
  const value = flags[name];
  return Array.isArray(value) ? (value as readonly string[]).filter((word) => word !== '') : [];
}

/** How the answer is to be printed. */
export function printingFlags(flags: FlagValues): Printing | UsageError {
  const output = outputFlag(flags);
  if (isUsageError(output)) return output;
  const words = reachedBy(connectionFlags(flags));
  return {
    output,
    headers: flags['no-headers'] !== true,
    exitCode: flags['exit-code'] === true,
    ...(words.length > 0 && { reachedBy: words }),
  };
}

/** -o; `table` where it was not given. */
function outputFlag(flags: FlagValues): Format | UsageError {
  const typed = flags.output || 'table';
  return (
    formats.find((format) => format === typed) ??
    usageError(
      `error: unable to match a printer suitable for the output format ${quote(String(typed))}, allowed formats are: ${[...formats].sort().join(',')}`,
    )
  );
}

/** How long setTimeout can wait. */
const longestTimer = 2 ** 31 - 1;

/** --watch, which --timeout ends; undefined where it was not given. */
export function watchFlag(flags: FlagValues): WatchRequest | undefined {
  if (flags.watch !== true) return undefined;
  const read = parseDuration(textFlag(flags, 'timeout') ?? '0');
  const asked = 'error' in read || read.value <= 0 ? Number.POSITIVE_INFINITY : read.value;
  return { endsAfterMilliseconds: asked > longestTimer ? Number.POSITIVE_INFINITY : asked };
}

/** What `scan` may take where nothing is said: it reads for as long as there are pods. */
export const scanTimeout = '10m';

function usual(otherwise: string): number {
  const read = parseDuration(otherwise);
  return 'error' in read ? defaultMilliseconds : read.value;
}

/** --timeout in milliseconds; with --watch that of one report, which is never longer than without it. */
export function timeoutFlag(flags: FlagValues, otherwise = '1m'): number | UsageError {
  const read = parseDuration(textFlag(flags, 'timeout') ?? otherwise);
  if ('error' in read) return defaultMilliseconds;
  if (read.value < 0) return usageError('error: --timeout must be zero or a positive duration');
  if (flags.watch === true) return Math.min(read.value || longestMilliseconds, usual(otherwise));
  return read.value === 0 ? longestMilliseconds : Math.min(read.value, longestMilliseconds);
}

/** Flags that ask for something to be contacted. */
const contacts: readonly (readonly [flag: string, asks: (value: FlagValues[string]) => boolean])[] = [
  ['probe', (value) => value === 'always'],
  ['probe-image', Boolean],
  ['probe-namespace', Boolean],
  ['try-pull', Boolean],
  ['node-logs', Boolean],
  ['registry-ca', Boolean],
];

/** Why these flags cannot stand beside --from; null: they can. */
export function besideFrom(flags: FlagValues): UsageError | null {
  const together = (flag: string, reason: string) => usageError(`error: --from and ${flag} cannot be used together: ${reason}`);
  if (flags.watch === true) return together('--watch', 'what was saved does not change');
  const [flag] = contacts.find(([name, asks]) => asks(flags[name])) ?? [];
  return flag === undefined ? null : together(flag === 'probe' ? '--probe=always' : `--${flag}`, 'nothing is contacted');
}
