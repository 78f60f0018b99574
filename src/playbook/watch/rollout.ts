import type { Cluster } from '../../cluster/cluster.ts';
import { describePod } from '../describe.ts';
import { collectEvents } from '../events.ts';
import type { RawPod } from '../kubernetes.ts';
import { readContainers } from '../pod/containers.ts';
import type { RolloutPod } from '../subject/workload.ts';

/** Labels by which a controller marks the pods of one revision. */
const revisionLabels = ['pod-template-hash', 'rollouts-pod-template-hash', 'controller-revision-hash', 'job-name'];

/** Pods whose events are read to know whether their images are there. */
const mostAsked = 20;

/** The pods of the newest rollout: those of the revision of the pod that was made last. Pods on their way out, and ended ones beside others, are left out. */
export function newestPods(pods: readonly RolloutPod[]): readonly RawPod[] {
  const present = pods.filter(({ pod: { metadata, status } }) => {
    return !metadata.deletionTimestamp && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
  });
  const candidates = present.length > 0 ? present : pods.filter(({ pod }) => !pod.metadata.deletionTimestamp);
  const newest = candidates.toSorted((a, b) => created(b.pod) - created(a.pod) || b.rollout - a.rollout)[0];
  if (newest === undefined) return [];
  return candidates.map(({ pod }) => pod).filter((pod) => revisionOf(pod) === revisionOf(newest.pod));
}

function created(pod: RawPod): number {
  return Date.parse(pod.metadata.creationTimestamp ?? '') || 0;
}

function revisionOf({ metadata }: RawPod): string | undefined {
  return revisionLabels.map((label) => metadata.labels?.[label]).find((value) => value !== undefined);
}

/** Whether every image of these pods is there, by their status, and by their events where that leaves it open. */
export async function arePulled(cluster: Cluster, pods: readonly RawPod[]): Promise<boolean> {
  const open = pods.filter((pod) => readContainers(pod).some(({ pull }) => pull !== 'pulled'));
  if (pods.length === 0 || open.length > mostAsked) return false;
  const states = open.map((pod) => readContainers(pod));
  if (states.flat().some(({ pull }) => pull === 'failing')) return false;
  return (await Promise.all(open.map((pod) => isPulled(cluster, pod)))).every(Boolean);
}

async function isPulled(cluster: Cluster, pod: RawPod): Promise<boolean> {
  const { namespace = 'default', uid } = pod.metadata;
  const step = await describePod(cluster, pod, collectEvents(cluster, { namespace, uid }));
  return step.outcome === 'done' && step.facts.containers.every(({ pull }) => pull === 'pulled');
}
