import { ConnectionError } from '../../cluster/cluster.ts';
import { type SavedPod, type SavedScope, savedPods } from '../../playbook/saved/failing-pods.ts';
import { savedCluster } from '../../playbook/saved/saved-cluster.ts';
import { nearNames } from '../../playbook/subject/near-names.ts';
import { SubjectError, type Target } from '../../playbook/subject/subject.ts';
import { getWorkload, podsOf, type WorkloadType } from '../../playbook/subject/workload.ts';
import { CommandError } from '../program-errors.ts';
import { isNamed, ownersOf } from './named-owner.ts';
import type { Saved } from './read-saved.ts';

/** The pods that are named, or that are owned by what is named. @throws CommandError, SubjectError where the file holds none */
export async function podsOfTarget(saved: Saved, scope: SavedScope, target: Target): Promise<readonly SavedPod[]> {
  return target.type === 'pod' ? podNamed(saved, scope, target.name) : podsOfWorkload(saved, scope, target);
}

function podNamed(saved: Saved, scope: SavedScope, name: string): readonly SavedPod[] {
  const names = new Set<string>();
  const found: SavedPod[] = [];
  for (const pod of savedPods(saved.objects, scope)) {
    names.add(pod.metadata.name);
    if (pod.metadata.name === name) found.push(pod);
  }
  if (found.length === 1) return found;
  if (found.length > 1)
    throw new CommandError(`error: ${saved.name} holds pods "${name}" of several namespaces: name one by -n (${list(found)})`);
  throw new SubjectError(`error: ${saved.name} holds no pod "${name}"${within(scope)}${similar(name, names)}`);
}

function list(pods: readonly SavedPod[]): string {
  const names = pods.map(({ metadata }) => metadata.namespace);
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}

function within({ namespace }: SavedScope): string {
  return namespace === undefined ? '' : ` in namespace ${namespace}`;
}

function similar(name: string, names: ReadonlySet<string>): string {
  const near = nearNames(name, [...names]);
  return near.length === 0 ? '' : `\nSimilar names in it: ${near.join(', ')}`;
}

type WorkloadTarget = Exclude<Target, { type: 'pod' }>;

/** By what the pods say of their owners; and where the workload itself is in the file, those that the file shows to be its own besides. */
async function podsOfWorkload(saved: Saved, scope: SavedScope, target: WorkloadTarget): Promise<readonly SavedPod[]> {
  const cluster = savedCluster(saved.objects, 'default');
  const linked = new Map<string, ReadonlySet<string>>();
  const names = new Set<string>();
  const found: SavedPod[] = [];
  for (const pod of savedPods(saved.objects, scope)) {
    const { namespace = 'default', uid } = pod.metadata;
    const owners = await ownersOf(cluster, pod);
    if (!linked.has(namespace)) linked.set(namespace, await podsLinkedTo(saved, namespace, target));
    if (owners.some((owner) => isNamed(target, owner)) || linked.get(namespace)?.has(uid)) found.push(pod);
    else for (const owner of owners) if (isNamed({ ...target, name: owner.name }, owner)) names.add(owner.name);
  }
  if (found.length > 0) return found;
  const what = target.type === 'other' ? target.resource : target.type;
  throw new SubjectError(`error: ${saved.name} holds no pods of ${what} "${target.name}"${within(scope)}${similar(target.name, names)}`);
}

/** Their uids, as far as the workload and what stands between are in the file. */
async function podsLinkedTo({ objects }: Saved, namespace: string, target: WorkloadTarget): Promise<ReadonlySet<string>> {
  if (target.type === 'other') return new Set();
  const cluster = savedCluster(objects, namespace);
  try {
    const type: WorkloadType = target.type;
    const workload = await getWorkload(cluster, namespace, type, target.name);
    return new Set((await podsOf(cluster, namespace, type, workload)).pods.map(({ pod }) => pod.metadata.uid));
  } catch (error) {
    if (error instanceof ConnectionError && error.kind === 'not-collected') return new Set();
    throw error;
  }
}
