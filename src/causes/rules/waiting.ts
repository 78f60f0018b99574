import { roomFor } from '../disk.ts';
import { waitsForInit } from '../init-wait.ts';
import { queueWords } from '../kubelet-config.ts';
import { age, failingForLong, isAgeKnown, isElsewhere, isOverdue, isSilent, isStrange, patience, pullingFor } from '../pending.ts';
import { canaryOf } from '../probe/canary.ts';
import { nodeView } from '../probe/reading.ts';
import { read } from '../reader/read.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';
import { foretold } from './foretold.ts';
import { isRuntimeSilent, otherHost } from './network.ts';

/** Nothing has failed yet, or nothing about this image. */
export function waiting(view: ImageView): Finding {
  const { pod, container } = view;
  if (pod.reason === 'Evicted' && pod.message && read(pod.message).code === 'disk-full')
    return { code: 'disk-full', confidence: 'likely', alternatives: [] };
  if (container.pull === 'pulling') return underWay(view);
  if (isStrange(container.waiting?.reason)) return { code: 'unknown', confidence: 'possible', alternatives: [] };
  if (waitsForInit(view)) return foretold(view) ?? { code: 'none', confidence: 'likely', alternatives: [] };
  if (isElsewhere(view)) return { code: 'none', confidence: 'certain', alternatives: [] };
  if (!isSilent(view) || (age(view) <= patience && isAgeKnown(view)))
    return { code: 'none', confidence: 'likely', alternatives: [alternative('still-pulling')] };
  return (
    nodeSays(view) ?? {
      code: 'unknown',
      confidence: 'possible',
      alternatives: [alternative('still-pulling'), alternative('connect-timeout'), alternative('none')],
    }
  );
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
  // It waits behind no other pull, and what it is to bring should long be there.
  const [code, other] =
    isOverdue(view) && view.registry?.manifest?.size != null && queueWords(view) === null
      ? (['pull-stalled', 'still-pulling'] as const)
      : (['still-pulling', 'pull-stalled'] as const);
  return { code, confidence: 'likely', alternatives: [...alike, alternative(other), ...beyondTheNode(view)] };
}

/** The node reaches the registry, and its runtime is not heard of: it goes another way, or is at another pull. */
function beyondTheNode(view: ImageView) {
  if (!nodeView(view)?.reached || !isRuntimeSilent(view)) return [];
  return [alternative('mirror-misconfigured'), alternative('proxy-failure')];
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
