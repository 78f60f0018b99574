import type { Step } from './evidence.ts';

/** The facts of a step that did its work; null: there are none. */
export function factsOf<Facts>(step: Step<Facts>): Facts | null {
  return step.outcome === 'done' ? step.facts : null;
}
