/** The time of a run: it begins with the first call, which is when the login is over, for a person may have to be waited for there. */
export interface RunClock {
  /** Milliseconds that are left, at least 1: what is begun after the end fails at once, and says so. */
  left(): number;
}

export function runClock(milliseconds: number, now: () => number = () => performance.now()): RunClock {
  let end: number | undefined;
  return {
    left() {
      end ??= now() + milliseconds;
      return Math.max(1, Math.floor(end - now()));
    },
  };
}
