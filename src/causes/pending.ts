import { beforeThePull } from '../values/before-the-pull.ts';
import type { PodEvent } from '../values/evidence.ts';
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

/** Milliseconds within which most pulls end, and any pull of a small image; bytes a second that a slow line still brings. */
const unhurried = 600_000;
const unhurriedSmall = 300_000;
const slow = 100_000;

/** Whether this pull has been under way for longer than one of its size should be. */
export function isOverdue(view: ImageView): boolean {
  const size = view.registry?.manifest?.size ?? null;
  return pullingFor(view) > (size === null ? unhurried : Math.max(unhurriedSmall, (size / slow) * 1000));
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
 * The container waits, as it would for its image, and there is no event that says for what: they could not be read, or are gone (they are
 * kept for an hour by default). What a status alone calls `ContainerCreating` may be a pull, a volume or the network.
 */
export function isSilent(view: ImageView): boolean {
  return mayBePulling(view) && !saysWhatItIsAt(view);
}

/**
 * What else of this pod is told to be under way: a failure that comes before its images, or the pull of another of them, for a pod's
 * containers are started one by one.
 */
function saysWhatItIsAt(view: ImageView): boolean {
  return beforeItsImages(view) !== null || waitsForAnother(view);
}

/** The failure before the pod's images that it is at, where one is told of. */
function beforeItsImages({ evidence }: ImageView): PodEvent | null {
  return beforeThePull(factsOf(evidence.events)?.events ?? []);
}

function waitsForAnother({ container, evidence }: ImageView): boolean {
  const containers = factsOf(evidence.describe)?.containers ?? [];
  return containers.some((other) => other.pull === 'pulling' && other.container !== container.container);
}

/**
 * Milliseconds. The kubelet tries volumes and sandboxes again within two minutes, and tells of it each time, or every five when it has told
 * too often.
 */
const retold = 600_000;

/** Whether the pod is seen to be at something else than this image, just now; where not, its events only say what was. */
export function isElsewhere(view: ImageView): boolean {
  if (!mayBePulling(view)) return true;
  const before = beforeItsImages(view);
  return before !== null && Date.parse(view.evidence.collectedAt) - Date.parse(before.last) <= retold;
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

/**
 * Another pod that fails with this image, where none has it and its registry has failed for longer than a pull takes: namespace/name. null:
 * there is none.
 */
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
