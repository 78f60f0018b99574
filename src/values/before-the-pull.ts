import type { PodEvent } from './evidence.ts';

/** What the kubelet does for a pod before it pulls: claims, volumes, the sandbox and its network (pkg/kubelet/kubelet.go, SyncPod). */
const steps: ReadonlySet<string> = new Set([
  'FailedAttachVolume',
  'FailedMount',
  'FailedMapVolume',
  'FailedPrepareDynamicResources',
  'FailedCreatePodSandBox',
  'FailedPodSandBoxStatus',
  'NetworkNotReady',
]);

/** Events that come only after all of these. */
const later: ReadonlySet<string> = new Set(['Pulling', 'Pulled', 'Created', 'Started']);

/**
 * The newest failure of what comes before a pod's images, where it has not come to these. null: none is told.
 * @param events of the pod, newest last
 */
export function beforeThePull(events: readonly PodEvent[]): PodEvent | null {
  const index = events.findLastIndex(({ type, reason }) => type === 'Warning' && steps.has(reason));
  return index < 0 || events.slice(index + 1).some(({ reason }) => later.has(reason)) ? null : (events[index] ?? null);
}
