import { factsOf } from '../values/facts-of.ts';
import { blockedBy } from '../values/init-order.ts';
import type { ImageView } from './view.ts';

/** Milliseconds. A first pull that takes longer than this is worth a second look: the runtimes' own dial and header time-outs are 30 s. */
export const patience = 60_000;

/** Milliseconds since the kubelet began this pull; where no event says so any more, since the pod was made, which is the most it can be. */
export function pullingFor(view: ImageView): number {
  const began = view.events.findLast((event) => event.reason === 'Pulling')?.last;
  return began ? Date.parse(view.evidence.collectedAt) - Date.parse(began) : age(view);
}

/** A file was made at its newest time or later: ages that are counted from then are the least that they can be. */
export function isAgeKnown({ evidence }: ImageView): boolean {
  return evidence.source === undefined;
}

/** Milliseconds since the pod was made. */
export function age({ evidence, pod }: ImageView): number {
  return Date.parse(evidence.collectedAt) - Date.parse(pod.createdAt) || 0;
}

/** Whether it is time to ask the node about a container that waits and says nothing of a failure. */
export function isWorthAsking(view: ImageView): boolean {
  if (view.container.pull === 'pulling') return pullingFor(view) > patience || failingForLong(view) !== null;
  return view.container.pull === 'unknown' && isSilent(view) && age(view) > patience;
}

/**
 * The container waits, as it would for its image, and there is no event that says for what: they could not be read, or are gone (they are kept for an hour
 * by default). What a status alone calls `ContainerCreating` may be a pull, a volume or the network.
 */
export function isSilent(view: ImageView): boolean {
  return mayBePulling(view) && !saysWhatItIsAt(view);
}

const saysNothing: ReadonlySet<string> = new Set(['Scheduled', 'FailedToRetrieveImagePullSecret']);

/** Who else writes events (admission controllers, the node's controller) says nothing of what the kubelet is at; and a missing pull Secret is told just before a pull. */
function saysWhatItIsAt({ evidence }: ImageView): boolean {
  const events = factsOf(evidence.events)?.events ?? [];
  return events.some(({ reason, from }) => reason === 'FailedAttachVolume' || (from === 'kubelet' && !saysNothing.has(reason)));
}

/** The pod has a node, and nothing shows that this container has its image. */
function mayBePulling(view: ImageView): boolean {
  const { pod, container } = view;
  if (pod.node === null || pod.deletedAt !== null || pod.phase !== 'Pending' || container.running || container.terminated) return false;
  return container.pull === 'unknown' && mayPull(view);
}

/** `PodInitializing` stays until the container starts: it pulls only when the init containers are done. */
function mayPull({ container, evidence }: ImageView): boolean {
  if (isStrange(container.waiting?.reason)) return false;
  return blockedBy(container, factsOf(evidence.describe)?.containers ?? []) === null;
}

/** Another pod that fails with this image, where none has it and its registry has failed for longer than a pull takes: namespace/name. null: there is none. */
export function failingForLong({ neighbours, evidence }: ImageView): string | null {
  if (!neighbours || neighbours.sameImageWorks.length > 0) return null;
  const { timesHere, timesElsewhere, sameImageFails } = neighbours;
  const since = [timesHere?.oldestFailing, timesElsewhere?.oldestFailing].flatMap((at) => (at ? [Date.parse(at)] : []));
  const isLong = since.length > 0 && Date.parse(evidence.collectedAt) - Math.min(...since) > patience;
  return isLong ? (sameImageFails[0]?.pod ?? null) : null;
}

/** A waiting reason that is none of the kubelet's usual ones: it may well be about the image. */
export function isStrange(reason: string | undefined): boolean {
  return reason !== undefined && reason !== 'ContainerCreating' && reason !== 'PodInitializing';
}
