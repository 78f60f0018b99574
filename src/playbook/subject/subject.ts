import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import type { Owner } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { list } from '../list.ts';
import { representatives } from './failure-groups.ts';
import { nearNames } from './near-names.ts';
import { whyNoPods } from './no-pods.ts';
import { ownerOf } from './owner.ts';
import { getWorkload, listWorkloads, namespaced, podsOf, type WorkloadType } from './workload.ts';

/** A pod to be diagnosed. */
export interface Subject {
  readonly pod: RawPod;
  readonly owner: Owner | null;
  /** How many pods of the workload fail in this same way, this one included. */
  readonly standsFor: number;
}

export interface Target {
  readonly type: 'pod' | WorkloadType;
  readonly name: string;
}

/** There is nothing to diagnose. The message is complete: kubectl's line first, then what may help. */
export class SubjectError extends Error {
  override readonly name = 'SubjectError';
}

/**
 * The pods to diagnose: the one that was named, or one for each distinct failure among those of a workload.
 * @throws SubjectError where it does not exist or has no pods; ApiError, ConnectionError for anything else
 */
export async function findSubjects(cluster: Cluster, namespace: string, target: Target): Promise<readonly Subject[]> {
  const found =
    target.type === 'pod' ? await findPod(cluster, namespace, target.name) : await findPods(cluster, namespace, target.type, target.name);
  return Promise.all(found.map(async ({ pod, standsFor }) => ({ pod, owner: await ownerOf(cluster, pod), standsFor })));
}

async function findPod(cluster: Cluster, namespace: string, name: string) {
  try {
    return [{ pod: await cluster.get<RawPod>(namespaced('/api/v1', namespace, 'pods', name)), standsFor: 1 }];
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const [near, elsewhere] = await Promise.all([nearPods(cluster, namespace, name), namespacesWith(cluster, name)]);
    throw new SubjectError([notFoundLine(error), ...didYouMean(near, namespace), ...existsIn(elsewhere, name)].join('\n'), {
      cause: error,
    });
  }
}

async function findPods(cluster: Cluster, namespace: string, type: WorkloadType, name: string) {
  const workload = await getWorkload(cluster, namespace, type, name).catch(async (error) => {
    if (!isNotFound(error)) throw error;
    const names = await quietly(() => listWorkloads(cluster, namespace, type));
    const near = nearNames(
      name,
      names.map((object) => object.metadata.name),
    );
    throw new SubjectError([notFoundLine(error), ...didYouMean(near, namespace)].join('\n'), { cause: error });
  });
  const found = representatives(await podsOf(cluster, namespace, type, workload));
  if (found.length === 0) throw new SubjectError(await whyNoPods(cluster, namespace, type, workload));
  return found;
}

function isNotFound(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 404;
}

/** As kubectl prints it (pkg/cmd/util/helpers.go). */
function notFoundLine(error: ApiError): string {
  return `Error from server (${error.reason ?? 'NotFound'}): ${error.message}`;
}

async function nearPods(cluster: Cluster, namespace: string, name: string): Promise<readonly string[]> {
  const pods = await quietly(async () => (await list<RawPod>(cluster, namespaced('/api/v1', namespace, 'pods'), {}, { cap: 1000 })).items);
  return nearNames(
    name,
    pods.map((pod) => pod.metadata.name),
  );
}

async function namespacesWith(cluster: Cluster, name: string): Promise<readonly string[]> {
  const pods = await quietly(async () => (await list<RawPod>(cluster, '/api/v1/pods', { fieldSelector: `metadata.name=${name}` })).items);
  return pods.map((pod) => pod.metadata.namespace ?? 'default');
}

/** These reads only make an error more helpful: where they are forbidden, it does without. */
async function quietly<T>(read: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read();
  } catch {
    return [];
  }
}

function didYouMean(names: readonly string[], namespace: string): readonly string[] {
  if (names.length === 0) return [];
  return [`Similar names in namespace ${namespace}: ${names.join(', ')}`];
}

function existsIn(namespaces: readonly string[], name: string): readonly string[] {
  return namespaces
    .slice(0, 3)
    .map((namespace) => `A pod of this name exists in namespace ${namespace}: kubectl imagepull why ${name} -n ${namespace}`);
}
