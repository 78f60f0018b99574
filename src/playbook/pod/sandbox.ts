import type { ContainerFacts, EventsFacts, Step } from '../../values/evidence.ts';
import { notStarted } from './not-started.ts';

/** The image of the pod's sandbox, where the events say that its pull failed: it stands in no pod's spec. */
export function sandboxOf(step: Step<EventsFacts>): readonly ContainerFacts[] {
  const image = step.outcome === 'done' ? step.facts.sandboxImage : null;
  if (!image) return [];
  return [
    {
      container: 'sandbox',
      kind: 'sandbox',
      image,
      pullPolicy: 'IfNotPresent',
      pull: 'failing',
      waiting: null,
      ...notStarted,
      source: 'events',
    },
  ];
}
