import { blockedBy } from '../../values/init-order.ts';
import { roomFor } from '../disk.ts';
import { waitsForInit } from '../init-wait.ts';
import { canaryOf } from '../probe/canary.ts';
import { nodeView } from '../probe/reading.ts';
import { read } from '../reader/read.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';
import { facts } from '../views.ts';
import { foretold } from './foretold.ts';
import { isRuntimeSilent, otherHost } from './network.ts';

/** Milliseconds. A first pull that takes longer than this is worth a second look: the runtimes' own dial and header time-outs are 30 s (registries.md 1.5). */
export const patience = 60_000;

/** Nothing has failed yet, or nothing about this image. */
export function waiting(view: ImageView): Finding {
  const { pod, container } = view;
  if (pod.reason === 'Evicted' && pod.message && read(pod.message).code === 'disk-full')
    return { code: 'disk-full', confidence: 'likely', alternatives: [] };
  if (container.pull === 'pulling') return underWay(view);
  if (isStrange(container.waiting?.reason)) return { code: 'unknown', confidence: 'possible', alternatives: [] };
  if (waitsForInit(view)) return foretold(view) ?? { code: 'none', confidence: 'likely', alternatives: [] };
  if (!mayBePulling(view) || saysWhatItIsAt(view)) return { code: 'none', confidence: 'certain', alternatives: [] };
  if (age(view) <= patience && isAgeKnown(view))
    return { code: 'none', confidence: 'likely', alternatives: [alternative('still-pulling')] };
  return (
    nodeSays(view) ?? {
      code: 'unknown',
      confidence: 'possible',
      alternatives: [alternative('still-pulling'), alternative('connect-timeout'), alternative('none')],
    }
  );
}

/** A waiting reason that is none of the kubelet's usual ones: it may well be about the image. */
function isStrange(reason: string | undefined): boolean {
  return reason !== undefined && reason !== 'ContainerCreating' && reason !== 'PodInitializing';
}

/** Before containerd 2.3 a registry that never answers leaves no error at all, only a `Pulling` event that grows old. */
function underWay(view: ImageView): Finding {
  const finding = progress(view);
  const state = roomFor(view)?.state;
  if (finding.code !== 'still-pulling' || (state !== 'full' && state !== 'too-small')) return finding;
  // That it will not fit is told beside it (foretold.ts); that the disk is full may have stopped it already.
  const open = state === 'full' ? [...finding.alternatives, alternative('disk-full')] : finding.alternatives;
  return { ...finding, confidence: 'likely', alternatives: open };
}

function progress(view: ImageView): Finding {
  const failing = failingForLong(view);
  if (failing === null && pullingFor(view) <= patience && isAgeKnown(view))
    return { code: 'still-pulling', confidence: 'certain', alternatives: [] };
  const said = nodeSays(view);
  if (said) return said;
  const exchange = view.registry?.attempts
    .flatMap((attempt) => attempt.exchanges)
    .find((exchange) => exchange.fault?.code === 'timeout' && exchange.fault.layer === 'http');
  if (exchange) return { code: 'connect-timeout', confidence: 'likely', alternatives: [alternative('still-pulling')] };
  const alike =
    failing === null ? [] : [{ code: 'connect-timeout' as const, tellApart: `pod ${failing} fails with this image: ask why of it` }];
  return { code: 'still-pulling', confidence: 'likely', alternatives: [...alike, alternative('pull-stalled'), ...beyondTheNode(view)] };
}

/** The node reaches the registry, and its runtime is not heard of: it goes another way, or is at another pull. */
function beyondTheNode(view: ImageView) {
  if (!nodeView(view)?.reached || !isRuntimeSilent(view)) return [];
  return [alternative('mirror-misconfigured'), alternative('proxy-failure')];
}

/** Another pod that fails with this image, where none has it and its registry has failed for longer than a pull takes: namespace/name. null: there is none. */
function failingForLong({ neighbours, evidence }: ImageView): string | null {
  if (!neighbours || neighbours.sameImageWorks.length > 0) return null;
  const { timesHere, timesElsewhere, sameImageFails } = neighbours;
  const since = [timesHere?.oldestFailing, timesElsewhere?.oldestFailing].flatMap((at) => (at ? [Date.parse(at)] : []));
  const isLong = since.length > 0 && Date.parse(evidence.collectedAt) - Math.min(...since) > patience;
  return isLong ? (sameImageFails[0]?.pod ?? null) : null;
}

function nodeSays(view: ImageView): Finding | null {
  const { reading, probe } = view;
  if (canaryOf(probe)?.pulled) return { code: 'still-pulling', confidence: 'possible', alternatives: [alternative('none')] };
  if (canaryOf(probe) && reading && reading.code !== 'unknown')
    return { code: reading.code, confidence: 'likely', alternatives: reading.alternatives };
  const said = nodeView(view);
  if (said?.reached) return onTheWay(view);
  if (!said || said.reading.code === 'unknown') return null;
  return { code: said.reading.code, confidence: 'likely', alternatives: [alternative('still-pulling')] };
}

/** A host that this pull goes through beside the registry. Past a mirror that fails a runtime goes on, when it has waited for it. */
function onTheWay(view: ImageView): Finding | null {
  const other = otherHost(view);
  return other && { ...other, retry: 'wait', alternatives: [...other.alternatives, alternative('still-pulling')] };
}

/** Milliseconds since the kubelet began this pull; where no event says so any more, since the pod was made, which is the most it can be. */
export function pullingFor(view: ImageView): number {
  const began = view.events.findLast((event) => event.reason === 'Pulling')?.last;
  return began ? Date.parse(view.evidence.collectedAt) - Date.parse(began) : age(view);
}

/** A file was made at its newest time or later: ages that are counted from then are the least that they can be. */
function isAgeKnown({ evidence }: ImageView): boolean {
  return evidence.source === undefined;
}

function age({ evidence, pod }: ImageView): number {
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
  const events = facts(evidence.events)?.events ?? [];
  return events.some(({ reason, from }) => reason === 'FailedAttachVolume' || (from === 'kubelet' && !saysNothing.has(reason)));
}

function mayBePulling(view: ImageView): boolean {
  const { pod, container } = view;
  if (pod.node === null || pod.deletedAt !== null || pod.phase !== 'Pending' || container.running || container.terminated) return false;
  return container.pull === 'unknown' && mayPull(view);
}

/** `PodInitializing` stays until the container starts: it pulls only when the init containers are done. */
function mayPull({ container, evidence }: ImageView): boolean {
  if (isStrange(container.waiting?.reason)) return false;
  return blockedBy(container, facts(evidence.describe)?.containers ?? []) === null;
}
