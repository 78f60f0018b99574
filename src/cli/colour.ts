import type { Io, Output } from './io.ts';

/** kubectl's rule, per stream: a terminal that is not dumb, and no NO_COLOR in the environment, even an empty one. FORCE_COLOR overrides a missing terminal. */
export function usesColour(output: Output, env: Io['env']): boolean {
  if (env.NO_COLOR !== undefined) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true;
  return output.isTTY && env.TERM !== 'dumb';
}
