import type { HeldUp } from '../../values/evidence.ts';
import type { RawPod, RawWorkload } from '../kubernetes.ts';

/**
 * The pods of a StatefulSet that wait for this one, which is not ready: it makes its pods in order, each when the one before is ready, and
 * updates them from the highest ordinal down (kubernetes pkg/controller/statefulset). undefined: none do, or its settings have it
 * otherwise.
 */
export function heldUpBy(pod: RawPod, pods: readonly RawPod[], { spec }: RawWorkload): HeldUp | undefined {
  if (spec?.podManagementPolicy === 'Parallel') return undefined;
  const missing = missingAbove(pod, pods, spec);
  if (missing > 0) return { pods: missing, until: 'made' };
  const { type, rollingUpdate } = spec?.updateStrategy ?? {};
  if (type === 'OnDelete' || (rollingUpdate?.partition ?? 0) > 0) return undefined;
  const revision = ({ metadata }: RawPod) => metadata.labels?.['controller-revision-hash'];
  const older = pods.filter((other) => ordinal(other) < ordinal(pod) && revision(other) !== revision(pod));
  return older.length === 0 ? undefined : { pods: older.length, until: 'updated' };
}

/** One that is missing below waits for nobody: it is made anew first. */
function missingAbove(pod: RawPod, pods: readonly RawPod[], spec: RawWorkload['spec']): number {
  const end = (spec?.ordinals?.start ?? 0) + (spec?.replicas ?? 1);
  const there = new Set(pods.map(ordinal).filter((other) => other > ordinal(pod) && other < end));
  return Math.max(0, end - 1 - ordinal(pod)) - there.size;
}

function ordinal({ metadata: { name } }: RawPod): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}
