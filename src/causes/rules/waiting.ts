import { probeReading } from '../probe-reading.ts';
import { read } from '../reader/read.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';

/** Milliseconds. A first pull that takes longer than this is worth a second look: the runtimes' own dial and header time-outs are 30 s (registries.md 1.5). */
export const patience = 60_000;

/** Nothing has failed yet, or nothing about this image. */
export function waiting(view: ImageView): Finding {
  const { pod, container } = view;
  if (pod.reason === 'Evicted' && pod.message && read(pod.message).code === 'disk-full')
    return { code: 'disk-full', confidence: 'likely', alternatives: [] };
  if (container.pull !== 'pulling') return { code: 'none', confidence: 'certain', alternatives: [] };
  const slow = pullingFor(view) > patience ? silentFailure(view) : null;
  return slow ?? { code: 'still-pulling', confidence: 'certain', alternatives: [] };
}

/** Before containerd 2.3 a registry that never answers leaves no error at all, only a `Pulling` event that grows old. */
function silentFailure(view: ImageView): Finding | null {
  const probe = probeReading(view);
  if (probe && !probe.answered && probe.reading.code !== 'unknown')
    return { code: probe.reading.code, confidence: 'likely', alternatives: [alternative('still-pulling')] };
  const exchange = view.registry?.attempts
    .flatMap((attempt) => attempt.exchanges)
    .find((exchange) => exchange.fault?.code === 'timeout' && exchange.fault.layer === 'http');
  if (exchange) return { code: 'connect-timeout', confidence: 'likely', alternatives: [alternative('still-pulling')] };
  return { code: 'still-pulling', confidence: 'likely', alternatives: [alternative('pull-stalled')] };
}

/** Milliseconds since the kubelet began this pull; 0 when it did not say. */
export function pullingFor(view: ImageView): number {
  const began = view.events.findLast((event) => event.reason === 'Pulling')?.last;
  return began ? Date.parse(view.evidence.collectedAt) - Date.parse(began) : 0;
}
