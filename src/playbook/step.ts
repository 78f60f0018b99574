import { toObstacle } from '../cluster/errors.ts';
import type { Reading, Step } from '../values/evidence.ts';

/**
 * Does the work of a step and takes its time. A step never throws: what stood in the way becomes its outcome.
 * @param permission the RBAC right that the work needs, e.g. `list events in namespace shop`
 */
export async function runStep<Facts>(permission: string, work: () => Promise<Facts>): Promise<Step<Facts>> {
  const start = performance.now();
  try {
    const facts = await work();
    return { outcome: 'done', milliseconds: since(start), facts };
  } catch (error) {
    return { outcome: 'unknown', milliseconds: since(start), obstacle: toObstacle(error, permission) };
  }
}

/** A single reading inside a step, which may fail on its own. */
export async function read<T>(permission: string, work: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { obstacle: toObstacle(error, permission) };
  }
}

/** Whole milliseconds since `start`, a value of performance.now(). */
export function since(start: number): number {
  return Math.round(performance.now() - start);
}
