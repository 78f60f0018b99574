import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import type { RawPod } from '../kubernetes.ts';
import { SubjectError, type Target, workloadPods } from '../subject/subject.ts';
import { namespaced } from '../subject/workload.ts';
import { findPods, isAlive, isWanted, type Progress } from './find-pods.ts';
import { type PodEvents, readPodEvents } from './pod-events.ts';
import type { Scope } from './scope.ts';
import { ephemeralFailures, relevant } from './silent.ts';
import { isCrashing, wrongPlatforms } from './wrong-platform.ts';

export interface Scanned {
  readonly pods: readonly RawPod[];
  /** null: they are to be asked for pod by pod. */
  readonly events: PodEvents | null;
}

/**
 * The first pass: which pods have a pull that fails, or seems to. It reads all pods of the scope, and once all events about pods.
 * @throws ApiError, ConnectionError where the pods cannot be listed
 */
export async function scanPods(cluster: Cluster, scope: Scope, now: Date, show: (progress: Progress) => void): Promise<Scanned> {
  const [found, events] = await Promise.all([findPods(cluster, scope, now, show), readPodEvents(cluster, scope.namespace)]);
  const known = new Set([...found.failing, ...found.wrongPlatform].map((pod) => pod.metadata.uid));
  const more = await Promise.all(ephemeralFailures(events, known).map((pod) => readPod(cluster, pod)));
  const inScope = more.flat().filter((pod) => isWanted(pod, now) && (scope.node === undefined || pod.spec.nodeName === scope.node));
  // Whether its labels fit only the server can tell.
  const pods = [...found.failing, ...(scope.selector === undefined ? inScope : [])];
  return { pods: inOrder([...relevant(pods, events), ...found.wrongPlatform]), events };
}

/**
 * The pods of these workloads, instead of all: few, so that each pod's events are asked for.
 * @throws SubjectError where one does not exist
 */
export async function scanTargets(cluster: Cluster, namespace: string, targets: readonly Target[], now: Date): Promise<Scanned> {
  const pods = (await Promise.all(targets.map((target) => podsOfTarget(cluster, namespace, target)))).flat();
  const unique = new Map(pods.map((pod) => [pod.metadata.uid, pod]));
  const all = [...unique.values()].filter(isAlive);
  const wanted = all.filter((pod) => isWanted(pod, now));
  const others = all.filter((pod) => !wanted.includes(pod) && isCrashing(pod));
  return { pods: inOrder([...wanted, ...(await wrongPlatforms(cluster, others))]), events: null };
}

async function podsOfTarget(cluster: Cluster, namespace: string, target: Target): Promise<readonly RawPod[]> {
  if (target.type !== 'pod') return (await workloadPods(cluster, namespace, target)).pods.map(({ pod }) => pod);
  try {
    return [await cluster.get<RawPod>(namespaced('/api/v1', namespace, 'pods', target.name))];
  } catch (error) {
    if (error instanceof ApiError && error.code === 404)
      throw new SubjectError(`Error from server (NotFound): ${error.message}`, { cause: error });
    throw error;
  }
}

/** It may be gone, or made anew, since its event. */
async function readPod(
  cluster: Cluster,
  { uid, namespace, name }: { uid: string; namespace: string; name: string },
): Promise<readonly RawPod[]> {
  try {
    const pod = await cluster.get<RawPod>(namespaced('/api/v1', namespace, 'pods', name));
    return pod.metadata.uid === uid ? [pod] : [];
  } catch {
    return [];
  }
}

function inOrder(pods: readonly RawPod[]): readonly RawPod[] {
  const key = ({ metadata }: RawPod) => `${metadata.namespace}/${metadata.name}`;
  return [...pods].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
