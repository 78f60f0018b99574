import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import type { RawPod } from '../../playbook/kubernetes.ts';
import { SubjectError } from '../../playbook/subject/subject.ts';
import { namespaced } from '../../playbook/subject/workload.ts';
import { findWatched } from '../../playbook/watch/subjects.ts';
import type { Owner } from '../../values/evidence.ts';
import type { CauseGroup } from '../../values/group.ts';
import type { OverGroup } from '../../values/watch.ts';
import { ownerTarget } from './owner-target.ts';

/** Pods of a group that ended which are asked for, to know whether they are still there. */
const mostAsked = 5;

/** What became of a group that is no more. @throws ApiError, ConnectionError */
export async function howEnded(cluster: Cluster, { code, subject, members }: CauseGroup, now: Date): Promise<OverGroup> {
  const pods = [...new Map(members.map((member) => [`${member.namespace}/${member.pod}`, member])).values()];
  const present = await Promise.all(
    pods
      .slice(0, mostAsked)
      .map(async ({ namespace, pod, owner }) => (await isThere(cluster, namespace, pod)) || isServed(cluster, namespace, owner)),
  );
  return { at: now.toISOString(), code, subject, pods: pods.length, how: present.some(Boolean) ? 'fixed' : 'gone' };
}

async function isThere(cluster: Cluster, namespace: string, name: string): Promise<boolean> {
  try {
    const { metadata } = await cluster.get<RawPod>(namespaced('/api/v1', namespace, 'pods', name));
    return metadata.deletionTimestamp === undefined;
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return false;
    throw error;
  }
}

/** Whether the newest pods of a workload have their images: they took the place of those that failed. */
async function isServed(cluster: Cluster, namespace: string, owner: Owner | null): Promise<boolean> {
  const target = ownerTarget(owner);
  if (target === null) return false;
  try {
    return (await findWatched(cluster, namespace, target)).pulled;
  } catch (error) {
    if (error instanceof SubjectError) return false;
    throw error;
  }
}
