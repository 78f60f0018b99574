/** Rung by whatever changes; heard once for a whole burst. */
export interface Bell {
  ring(): void;
  /** Resolves when it has been rung since the last time and then been quiet for a while, or when the signal aborts. */
  heard(signal: AbortSignal): Promise<void>;
}

/**
 * @param quiet milliseconds without a ring after which a burst is over
 * @param longest milliseconds after which a burst that does not end is heard all the same
 */
export function bell(quiet: number, longest: number): Bell {
  let first = 0;
  let last = 0;
  let rung = false;
  let wake = () => {};
  return {
    ring() {
      last = performance.now();
      if (!rung) first = last;
      rung = true;
      wake();
    },
    async heard(signal) {
      while (!signal.aborted) {
        const due = Math.min(last + quiet, first + longest) - performance.now();
        if (rung && due <= 0) break;
        await wakened(rung ? due : undefined, signal, (up) => {
          wake = up;
        });
      }
      rung = false;
    },
  };
}

/** By the time, the signal, or what is handed out; a ring that only prolongs a burst needs nobody to wake. */
function wakened(milliseconds: number | undefined, signal: AbortSignal, hand: (up: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const up = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', up);
      hand(() => {});
      resolve();
    };
    const timer = milliseconds === undefined ? undefined : setTimeout(up, Math.max(1, milliseconds));
    signal.addEventListener('abort', up, { once: true });
    if (milliseconds === undefined) hand(up);
  });
}
