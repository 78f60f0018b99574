import type { Cluster } from '../../cluster/cluster.ts';
import { controllerOf } from '../../playbook/kubernetes.ts';
import { collectSaved } from '../../playbook/saved/collect-saved.ts';
import { failingPods, type SavedPod, type SavedScope, savedPods } from '../../playbook/saved/failing-pods.ts';
import { savedCluster } from '../../playbook/saved/saved-cluster.ts';
import { sharingCluster } from '../../playbook/scan/sharing-cluster.ts';
import { nearNames } from '../../playbook/subject/near-names.ts';
import { SubjectError, type Target } from '../../playbook/subject/subject.ts';
import { getWorkload, podsOf, type WorkloadType } from '../../playbook/subject/workload.ts';
import type { Evidence } from '../../values/evidence.ts';
import { CommandError } from '../program-errors.ts';
import type { Saved } from './read-saved.ts';

export interface Selection extends SavedScope {
  readonly targets: readonly Target[];
}

/** The pods that are wanted of a file; `named`: they were asked for by name, whether or not they fail. */
export interface Selected {
  readonly pods: readonly SavedPod[];
  readonly named: boolean;
}

/** @throws CommandError, SubjectError where what was named is not in the file */
export async function select(saved: Saved, selection: Selection): Promise<Selected> {
  const all = () => savedPods(saved.objects, selection);
  if (selection.targets.length > 0) {
    const named = await Promise.all(selection.targets.map((target) => podsOfTarget(saved, all(), target, selection.namespace)));
    return { pods: [...new Set(named.flat())], named: true };
  }
  const failing = failingPods(saved.objects, selection);
  if (failing.length > 0) return { pods: failing, named: false };
  const only = theOnly(all());
  return only === null ? { pods: [], named: false } : { pods: [only], named: true };
}

/** So many pods are each compared with all others: for more that takes long and says little. */
const mostCompared = 20;

/** The playbook for each of these pods. */
export async function evidenceOf(
  saved: Saved,
  pods: readonly { readonly pod: SavedPod; readonly standsFor: number }[],
): Promise<readonly Evidence[]> {
  const others = pods.length > mostCompared ? [] : savedPods(saved.objects, { namespace: undefined });
  return collectSaved(clusterOf(saved), pods, others, saved.objects.time);
}

/** The file as a cluster of which answers that many pods ask for are remembered. */
export function clusterOf({ objects }: Saved): Cluster {
  return sharingCluster(savedCluster(objects, 'default'));
}

function theOnly(pods: Iterable<SavedPod>): SavedPod | null {
  const [first, second] = pods;
  return first !== undefined && second === undefined ? first : null;
}

async function podsOfTarget(
  saved: Saved,
  all: Iterable<SavedPod>,
  { type, name }: Target,
  namespace: string | undefined,
): Promise<readonly SavedPod[]> {
  if (type === 'other') return ownedPods(saved, all, name);
  if (type !== 'pod') return podsOfWorkload(saved, all, type, name, namespace);
  const names = new Set<string>();
  const found: SavedPod[] = [];
  for (const pod of all) {
    names.add(pod.metadata.name);
    if (pod.metadata.name === name) found.push(pod);
  }
  if (found.length === 1) return found;
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  if (found.length > 1)
    throw new CommandError(`error: ${saved.name} holds pods "${name}" of several namespaces: name one by -n (${list(found)})`);
  const near = nearNames(name, [...names]);
  const hint = near.length === 0 ? '' : `\nSimilar names in it: ${near.join(', ')}`;
  throw new SubjectError(`error: ${saved.name} holds no pod "${name}"${where}${hint}`);
}

function list(pods: readonly SavedPod[]): string {
  const names = pods.map(({ metadata }) => metadata.namespace);
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}

async function podsOfWorkload(
  saved: Saved,
  all: Iterable<SavedPod>,
  type: WorkloadType,
  name: string,
  namespace: string | undefined,
): Promise<readonly SavedPod[]> {
  const namespaces =
    namespace === undefined ? [...new Set(Array.from(all, ({ metadata }) => metadata.namespace ?? 'default'))] : [namespace];
  const cluster = savedCluster(saved.objects, namespace ?? 'default');
  const found: SavedPod[] = [];
  for (const one of namespaces) {
    try {
      const workload = await getWorkload(cluster, one, type, name);
      const pods = await podsOf(cluster, one, type, workload);
      found.push(...pods.map(({ pod }) => pod as SavedPod));
    } catch {}
  }
  if (found.length === 0) throw new SubjectError(`error: ${saved.name} holds no pods of ${type} "${name}"`);
  return found;
}

/** Of custom resources a file seldom holds more than their name in what they own. */
function ownedPods(saved: Saved, all: Iterable<SavedPod>, name: string): readonly SavedPod[] {
  const found = Array.from(all).filter(({ metadata }) => controllerOf(metadata)?.name === name);
  if (found.length === 0) throw new SubjectError(`error: ${saved.name} holds no pods that "${name}" controls`);
  return found;
}
