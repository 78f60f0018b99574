import type { Format } from '../../report/render/options.ts';
import type { StatusLine } from '../status-line.ts';
import { appending, live, type Screen } from './screen.ts';

/** Formats for people, of which a terminal shows one report at a time. */
const forPeople: ReadonlySet<Format> = new Set(['table', 'wide']);

/** In place on a terminal; else one below the other, each under a line with its time where the format is for people. */
export function screenFor(output: Format, status: StatusLine): Screen {
  const { stdout, env, now } = status.io;
  if (!forPeople.has(output)) return appending(status, () => '');
  return stdout.isTTY && env.TERM !== 'dumb' ? live(status) : appending(status, () => `--- ${stamp(now())}\n`);
}

/** `2026-03-01 14:03:09`, where this runs. */
function stamp(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${time.toTimeString().slice(0, 8)}`;
}
