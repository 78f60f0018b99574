import type { ContainerFacts } from '../values/evidence.ts';
import { factsOf } from '../values/facts-of.ts';
import { blockedBy } from '../values/init-order.ts';
import type { ImageView } from './view.ts';

/** The init container that must end before this image is pulled at all; null: none, or the pod does not start its containers. */
export function waitsForInit({ pod, container, evidence }: ImageView): ContainerFacts | null {
  if (pod.node === null || pod.deletedAt !== null || pod.phase !== 'Pending') return null;
  return blockedBy(container, factsOf(evidence.describe)?.containers ?? []);
}
