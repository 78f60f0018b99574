import type { Cluster } from '../../cluster/cluster.ts';
import type { ContainerFacts } from '../../values/evidence.ts';
import { describePod } from '../describe.ts';
import { collectEvents } from '../events.ts';
import type { RawPod } from '../kubernetes.ts';
import { isFailing, readContainers } from '../pod/containers.ts';
import type { RolloutPod } from '../subject/workload.ts';

/** Labels by which a controller marks the pods of one revision. */
const revisionLabels = ['pod-template-hash', 'rollouts-pod-template-hash', 'controller-revision-hash', 'job-name'];

/** Pods whose events are read to know whether their images are there. */
const mostAsked = 20;

/**
 * The pods of the newest rollout: those of the highest revision, or else of the revision of the pod that was made last. Pods on their way
 * out, and ended ones beside others, are left out.
 */
export function newestPods(pods: readonly RolloutPod[]): readonly RawPod[] {
  const present = pods.filter(({ pod: { metadata, status } }) => {
    return !metadata.deletionTimestamp && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
  });
  const candidates = present.length > 0 ? present : pods.filter(({ pod }) => !pod.metadata.deletionTimestamp);
  const newest = candidates.toSorted((a, b) => b.rollout - a.rollout || created(b.pod) - created(a.pod))[0];
  if (newest === undefined) return [];
  return candidates.map(({ pod }) => pod).filter((pod) => revisionOf(pod) === revisionOf(newest.pod));
}

function created(pod: RawPod): number {
  return Date.parse(pod.metadata.creationTimestamp ?? '') || 0;
}

function revisionOf({ metadata }: RawPod): string | undefined {
  return revisionLabels.map((label) => metadata.labels?.[label]).find((value) => value !== undefined);
}

/**
 * Whether every image of these pods, or that of this container, is there: by their status, and by their events where that leaves it open.
 */
export async function arePulled(cluster: Cluster, pods: readonly RawPod[], container?: string): Promise<boolean> {
  const lacking = (containers: readonly ContainerFacts[]) =>
    containers.filter((one) => one.pull !== 'pulled' && (container === undefined || one.container === container));
  const open = pods.filter((pod) => lacking(readContainers(pod)).length > 0);
  if (pods.length === 0 || open.length > mostAsked || open.some(isFailing)) return false;
  const described = await Promise.all(open.map((pod) => describePod(cluster, pod, collectEvents(cluster, identity(pod)))));
  return described.every((step) => step.outcome === 'done' && lacking(step.facts.containers).length === 0);
}

function identity({ metadata: { namespace = 'default', uid } }: RawPod) {
  return { namespace, uid };
}
