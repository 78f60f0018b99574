import { bell } from '../../playbook/watch/bell.ts';

/** A burst of changes is over after so long without one, and is looked at after so long all the same. Milliseconds. */
const quiet = 300;
const longest = 1000;

/** Between two looks at what cannot be watched for, such as a registry. Milliseconds. */
const firstPause = 30_000;
const longestPause = 300_000;

export interface News {
  ring(): void;
  /** From now on looks at what cannot be watched for come often again. */
  soon(): void;
  /** Waits for news. `look` is called at growing intervals; its answer says whether there is something new. */
  wait(signal: AbortSignal, look: () => Promise<boolean>): Promise<void>;
}

export function news(): News {
  const changed = bell(quiet, longest);
  let pause = firstPause;
  let last = performance.now();
  return {
    ring: changed.ring,
    soon() {
      pause = firstPause;
    },
    async wait(signal, look) {
      const over = new AbortController();
      const repeat = (): NodeJS.Timeout =>
        setTimeout(
          async () => {
            last = performance.now();
            pause = Math.min(longestPause, pause * 2);
            const isNew = await look().catch(() => false);
            if (isNew) changed.ring();
            else if (!over.signal.aborted) timer = repeat();
          },
          Math.max(0, last + pause - performance.now()),
        );
      let timer = repeat();
      await changed.heard(signal);
      over.abort();
      clearTimeout(timer);
    },
  };
}
