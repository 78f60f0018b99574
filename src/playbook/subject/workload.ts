import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import { controllerOf, type RawPod, type RawSelector, type RawWorkload } from '../kubernetes.ts';
import { list } from '../list.ts';

/** The kinds that pods can be asked about by: canonical lower-case singular, as on the command line. */
export type WorkloadType = 'deployment' | 'statefulset' | 'daemonset' | 'replicaset' | 'job' | 'cronjob' | 'replicationcontroller';

/** The API's path of each kind, and an older one that servers before the date of the first still have (CronJob: 1.21). */
const resources: Readonly<Record<WorkloadType, readonly [path: string, plural: string, older?: string]>> = {
  deployment: ['/apis/apps/v1', 'deployments'],
  statefulset: ['/apis/apps/v1', 'statefulsets'],
  daemonset: ['/apis/apps/v1', 'daemonsets'],
  replicaset: ['/apis/apps/v1', 'replicasets'],
  job: ['/apis/batch/v1', 'jobs'],
  cronjob: ['/apis/batch/v1', 'cronjobs', '/apis/batch/v1beta1'],
  replicationcontroller: ['/api/v1', 'replicationcontrollers'],
};

export function isWorkloadType(type: string): type is WorkloadType {
  return Object.hasOwn(resources, type);
}

/** A path inside a namespace: `/api/v1` + `pods` + `web-0`. */
export function namespaced(group: string, namespace: string, plural: string, name?: string): string {
  const collection = `${group}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
  return name === undefined ? collection : `${collection}/${encodeURIComponent(name)}`;
}

/** Where a namespace's workloads of a kind are. */
export function workloadsPath(namespace: string, type: WorkloadType): string {
  const [group, plural] = resources[type];
  return namespaced(group, namespace, plural);
}

/** @throws ApiError, ConnectionError */
export async function getWorkload(cluster: Cluster, namespace: string, type: WorkloadType, name: string): Promise<RawWorkload> {
  return withOlder(type, (group, plural) => cluster.get<RawWorkload>(namespaced(group, namespace, plural, name)));
}

/** @throws ApiError, ConnectionError */
export async function listWorkloads(
  cluster: Cluster,
  namespace: string,
  type: WorkloadType,
  labelSelector?: string,
): Promise<readonly RawWorkload[]> {
  const { items } = await withOlder(type, (group, plural) =>
    list<RawWorkload>(cluster, namespaced(group, namespace, plural), { labelSelector }),
  );
  return items;
}

/** A server that lacks the group's version answers 404 as well, but without naming the object. */
async function withOlder<T>(type: WorkloadType, ask: (group: string, plural: string) => Promise<T>): Promise<T> {
  const [group, plural, older] = resources[type];
  try {
    return await ask(group, plural);
  } catch (error) {
    if (older && error instanceof ApiError && error.code === 404 && !error.message.includes('"')) return await ask(older, plural);
    throw error;
  }
}

/** A pod of a workload, and the number of the rollout that made it: higher is newer. */
export interface RolloutPod {
  readonly pod: RawPod;
  readonly rollout: number;
}

export interface RolloutPods {
  readonly pods: readonly RolloutPod[];
  /** The number of the newest rollout, whether it has pods or not; null: that is not told. */
  readonly newest: number | null;
}

/** The pods that this workload controls, itself or through its ReplicaSets or Jobs. */
export async function podsOf(cluster: Cluster, namespace: string, type: WorkloadType, workload: RawWorkload): Promise<RolloutPods> {
  const rollouts = rolloutsOf(cluster, namespace, type, workload);
  const labelSelector = type === 'cronjob' ? 'job-name' : selectorText(workload.spec?.selector);
  const pods = list<RawPod>(cluster, namespaced('/api/v1', namespace, 'pods'), { labelSelector });
  const [{ owners, newest }, { items }] = await Promise.all([rollouts, pods]);
  const found = items.flatMap((pod) => {
    const rollout = owners.get(controllerOf(pod.metadata)?.uid ?? '');
    return rollout === undefined ? [] : [{ pod, rollout: rollout(pod) }];
  });
  return { pods: found, newest };
}

type RolloutOf = (pod: RawPod) => number;

interface Rollouts {
  /** By the uid of what controls the pods directly. */
  readonly owners: ReadonlyMap<string, RolloutOf>;
  readonly newest: number | null;
}

async function rolloutsOf(cluster: Cluster, namespace: string, type: WorkloadType, workload: RawWorkload): Promise<Rollouts> {
  if (type === 'deployment') {
    const sets = await listWorkloads(cluster, namespace, 'replicaset', selectorText(workload.spec?.selector));
    const own = owned(sets, workload);
    const newest = own.map(revision).reduce((a, b) => Math.max(a, b), 0) || null;
    return { owners: new Map(own.map((set) => [set.metadata.uid, () => revision(set)])), newest };
  }
  if (type === 'cronjob') {
    const jobs = await listWorkloads(cluster, namespace, 'job');
    const own = owned(jobs, workload);
    return {
      owners: new Map(own.map((job) => [job.metadata.uid, () => Date.parse(job.metadata.creationTimestamp ?? '') || 0])),
      newest: null,
    };
  }
  const owners = new Map([[workload.metadata.uid, (pod: RawPod) => Date.parse(pod.metadata.creationTimestamp ?? '') || 0]]);
  return { owners, newest: null };
}

function owned(objects: readonly RawWorkload[], owner: RawWorkload): readonly RawWorkload[] {
  return objects.filter((object) => controllerOf(object.metadata)?.uid === owner.metadata.uid);
}

function revision(set: RawWorkload): number {
  return Number(set.metadata.annotations?.['deployment.kubernetes.io/revision']) || 0;
}

/** A label selector as a query (apimachinery pkg/labels); a ReplicationController's is a plain map. */
export function selectorText(selector: RawSelector | Readonly<Record<string, string>> | undefined): string | undefined {
  if (!selector) return undefined;
  const isPlain = Object.values(selector).every((value) => typeof value === 'string');
  const { matchLabels = {}, matchExpressions = [] } = isPlain
    ? { matchLabels: selector as Record<string, string> }
    : (selector as RawSelector);
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const others = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...equal, ...others].join(',') || undefined;
}
