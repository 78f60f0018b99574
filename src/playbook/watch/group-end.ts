import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import type { GroupEnd, GroupMember, ImageChange } from '../../values/group.ts';
import type { RawPod } from '../kubernetes.ts';
import { SubjectError, workloadPods } from '../subject/subject.ts';
import { namespaced } from '../subject/workload.ts';
import { ownerTarget } from './owner-target.ts';
import { arePulled, newestPods } from './rollout.ts';

/** Pods of a group that are asked for, to know what became of them. */
const mostAsked = 5;

const gone: GroupEnd = { how: 'gone', changes: [] };
const waiting: GroupEnd = { how: 'waiting', changes: [] };

/** What became of pods that fail no longer. @throws ApiError, ConnectionError */
export async function groupEnd(cluster: Cluster, members: readonly GroupMember[]): Promise<GroupEnd> {
  const pods = new Map(members.map((member) => [`${member.namespace}/${member.pod}`, member]));
  const asked = [...pods.values()].slice(0, mostAsked);
  const ends = await Promise.all(asked.map((member) => endOfPod(cluster, member)));
  const left = asked.filter((_, index) => ends[index]?.how === 'gone');
  const owners = new Map(left.map((member) => [JSON.stringify([member.namespace, member.owner]), member]));
  const all = [...ends, ...(await Promise.all([...owners.values()].map((member) => endOfOwner(cluster, member))))];
  if (all.some(({ how }) => how === 'waiting')) return waiting;
  const fixed = all.filter(({ how }) => how === 'fixed');
  return fixed.length === 0 ? gone : { how: 'fixed', changes: fixed.flatMap(({ changes }) => changes) };
}

async function endOfPod(cluster: Cluster, member: GroupMember): Promise<GroupEnd> {
  const { namespace, pod: name } = member;
  try {
    const pod = await cluster.get<RawPod>(namespaced('/api/v1', namespace, 'pods', name));
    if (pod.metadata.deletionTimestamp !== undefined) return gone;
    if (await arePulled(cluster, [pod])) return { how: 'fixed', changes: changed(member, member.owner ?? { kind: 'Pod', name }, pod) };
    return pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded' ? gone : waiting;
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return gone;
    throw error;
  }
}

/**
 * What became of the workload whose pods are gone: those of its newest rollout took their place, whether they have their images, pull, fail
 * or are still to come.
 */
async function endOfOwner(cluster: Cluster, member: GroupMember): Promise<GroupEnd> {
  const { namespace, owner } = member;
  const target = ownerTarget(owner);
  if (owner === null || target === null || target.type === 'pod') return gone;
  try {
    const { pods, awaited } = await workloadPods(cluster, namespace, target);
    if (awaited) return waiting;
    const newest = newestPods(pods);
    const [one] = newest;
    if (one === undefined) return gone;
    if (await arePulled(cluster, newest)) return { how: 'fixed', changes: changed(member, owner, one) };
    return newest.every(({ status }) => status?.phase === 'Failed' || status?.phase === 'Succeeded') ? gone : waiting;
  } catch (error) {
    const isUnknown = error instanceof SubjectError || (error instanceof ApiError && error.code === 403);
    if (isUnknown) return gone;
    throw error;
  }
}

/** The image that failed, where the same container has another now. */
function changed({ namespace, container, image: from }: GroupMember, whose: Pick<ImageChange, 'kind' | 'name'>, { spec }: RawPod) {
  const all = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const to = all.find(({ name }) => name === container)?.image;
  const { kind, name } = whose;
  return to === undefined || from === undefined || to === from ? [] : [{ namespace, kind, name, container, from, to }];
}
