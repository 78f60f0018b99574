/** Waits for a promise, but no longer than the signal lets. @throws the signal's reason. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    // Also where nobody waits any more: a failure that nobody takes would end the program.
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
