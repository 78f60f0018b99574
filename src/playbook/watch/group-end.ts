import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import type { GroupEnd, GroupMember } from '../../values/group.ts';
import type { RawPod } from '../kubernetes.ts';
import { isFailing } from '../pod/containers.ts';
import { SubjectError } from '../subject/subject.ts';
import { namespaced } from '../subject/workload.ts';
import { ownerTarget } from './owner-target.ts';
import { arePulled } from './rollout.ts';
import { findWatched } from './subjects.ts';

/** Pods of a group that are asked for, to know what became of them. */
const mostAsked = 5;

/** What became of pods that fail no longer. @throws ApiError, ConnectionError */
export async function groupEnd(cluster: Cluster, members: readonly GroupMember[]): Promise<GroupEnd> {
  const pods = new Map(members.map((member) => [`${member.namespace}/${member.pod}`, member]));
  const asked = [...pods.values()].slice(0, mostAsked);
  const ends = await Promise.all(asked.map((member) => endOfPod(cluster, member)));
  const gone = asked.filter((_, index) => ends[index] === 'gone');
  const owners = new Map(gone.map((member) => [JSON.stringify([member.namespace, member.owner]), member]));
  const all = [...ends, ...(await Promise.all([...owners.values()].map((member) => endOfOwner(cluster, member))))];
  if (all.includes('waiting')) return 'waiting';
  return all.includes('fixed') ? 'fixed' : 'gone';
}

async function endOfPod(cluster: Cluster, { namespace, pod: name }: GroupMember): Promise<GroupEnd> {
  try {
    const pod = await cluster.get<RawPod>(namespaced('/api/v1', namespace, 'pods', name));
    if (await arePulled(cluster, [pod])) return 'fixed';
    const isOver = pod.metadata.deletionTimestamp !== undefined || pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
    return isOver ? 'gone' : 'waiting';
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return 'gone';
    throw error;
  }
}

/** Whether the newest pods of a workload have their images: they took the place of those that failed. Where they fail, that is told of them. */
async function endOfOwner(cluster: Cluster, { namespace, owner }: GroupMember): Promise<GroupEnd> {
  const target = ownerTarget(owner);
  if (target === null) return 'gone';
  try {
    const { subjects, pulled } = await findWatched(cluster, namespace, target);
    if (pulled) return 'fixed';
    return subjects.some(({ pod }) => isFailing(pod)) ? 'gone' : 'waiting';
  } catch (error) {
    const isUnknown = error instanceof SubjectError || (error instanceof ApiError && error.code === 403);
    if (isUnknown) return 'gone';
    throw error;
  }
}
