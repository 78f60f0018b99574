import { humanDuration } from '../../words/durations.ts';
import { exitFound } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/** The time was up, as `kubectl rollout status` ends. */
const timeIsUp = 1;

/** What is not mended when the time of a watch is up. */
export interface Left {
  /** A pull fails, rather than that an image is not there yet. */
  readonly isFailing: boolean;
  readonly words: string;
}

/** How a watch ends that nothing fixed in time: its last report stands, standard error says why it ends. @returns the exit code */
export function timedOut({ isFailing, words }: Left, milliseconds: number, exitCode: boolean, io: Io): number {
  io.stderr.write(`error: timed out after ${humanDuration(milliseconds)}: ${words}\n`);
  return exitCode && isFailing ? exitFound : timeIsUp;
}

/** Aborts when the time of a watch is up, or when the program is to end. */
export function endOf(milliseconds: number, interrupted: AbortSignal): { readonly signal: AbortSignal; readonly isUp: () => boolean } {
  if (milliseconds === Number.POSITIVE_INFINITY) return { signal: interrupted, isUp: () => false };
  const time = AbortSignal.timeout(milliseconds);
  return { signal: AbortSignal.any([interrupted, time]), isUp: () => time.aborted && !interrupted.aborted };
}
