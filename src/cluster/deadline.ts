import { setTimeout as wait } from 'node:timers/promises';
import { NetworkError } from './transport/network-error.ts';

/** Ends a request when its time is up, or when the caller gives up. */
export interface Deadline {
  readonly signal: AbortSignal;
  remainingMilliseconds(): number;
  /** Ends it, and what still runs under it. */
  clear(): void;
}

/**
 * @param milliseconds Infinity for none.
 * @param reason Makes the error that the request then fails with, at the time it does.
 */
export function deadline(milliseconds: number, reason: () => Error, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const endsAt = Date.now() + milliseconds;
  const timer = Number.isFinite(milliseconds) ? setTimeout(() => controller.abort(reason()), milliseconds) : undefined;
  const giveUp = () => controller.abort(cancelled(caller));
  if (caller?.aborted) giveUp();
  caller?.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    remainingMilliseconds: () => endsAt - Date.now(),
    clear() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', giveUp);
    },
  };
}

/** What a request fails with that its caller gave up, or whose caller ran out of time. */
export function cancelled(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  const timedOut = reason instanceof Error && reason.name === 'TimeoutError';
  return timedOut ? new NetworkError('timeout', 'context deadline exceeded') : new NetworkError('failed', 'context canceled');
}

/** Waits. @throws the signal's reason. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}
