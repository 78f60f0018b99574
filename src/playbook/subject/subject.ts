import type { Cluster } from '../../cluster/cluster.ts';
import type { HeldUp, NodesApart, Owner } from '../../values/evidence.ts';
import type { NoPods } from '../../values/no-pods.ts';
import { controllerOf, type RawPod, type RawWorkload } from '../kubernetes.ts';
import { list } from '../list.ts';
import { isFailing } from '../pod/containers.ts';
import { awaitsPods } from './awaits-pods.ts';
import { typeName } from './discovery.ts';
import { type Represented, representatives } from './failure-groups.ts';
import { heldUpBy } from './held-up.ts';
import { type WhyNone, whyNoPods } from './no-pods.ts';
import { nodesApart } from './nodes-apart.ts';
import { isNotFound, podNotFound, workloadNotFound } from './not-found.ts';
import { findType, getOther, podsOfOther } from './other-workload.ts';
import { ownerFrom, ownerOf } from './owner.ts';
import { objectPath } from './owner-chain.ts';
import { getWorkload, listWorkloads, namespaced, podsOf, type RolloutPod, type WorkloadType } from './workload.ts';

/** A pod to be diagnosed. */
export interface Subject {
  readonly pod: RawPod;
  readonly owner: Owner | null;
  /** How many pods of the workload fail in this same way, this one included. */
  readonly standsFor: number;
  readonly nodesApart?: NodesApart;
  readonly heldUp?: HeldUp;
}

/** `other`: of a type that only the server knows; `resource` is the type as typed, e.g. `rollouts.argoproj.io`. */
export type Target =
  | { readonly type: 'pod'; readonly name: string }
  | { readonly type: WorkloadType; readonly name: string }
  | { readonly type: 'other'; readonly resource: string; readonly name: string };

/** There is nothing to diagnose. The message is complete: kubectl's line first, then what may help. */
export class SubjectError extends Error {
  override readonly name = 'SubjectError';
  /** A workload that has no pods, and why, where something is known that would make some. */
  readonly noPods: NoPods | null;
  constructor(message: string, { noPods = null, ...options }: ErrorOptions & { readonly noPods?: NoPods | null } = {}) {
    super(message, options);
    this.noPods = noPods;
  }
}

function noPods({ line, none }: WhyNone): SubjectError {
  return new SubjectError(line, { noPods: none });
}

/**
 * The pods to diagnose: the one that was named, or one for each distinct failure among those of a workload.
 * @throws SubjectError where it does not exist or has no pods; ApiError, ConnectionError for anything else
 */
export async function findSubjects(cluster: Cluster, namespace: string, target: Target): Promise<readonly Subject[]> {
  if (target.type === 'pod') return withOwners(cluster, await findPod(cluster, namespace, target.name));
  const workload = await workloadPods(cluster, namespace, target);
  return subjectsAmong(cluster, workload, workload.pods);
}

/**
 * One for each distinct failure among some pods of a workload, with how they stand to all of them.
 * @throws SubjectError where there are none
 */
export async function subjectsAmong(
  cluster: Cluster,
  { pods, owner, whyNone, heldUpBy }: WorkloadPods,
  shown: readonly RolloutPod[],
): Promise<readonly Subject[]> {
  const found = representatives(shown);
  if (found.length === 0) throw noPods(await whyNone());
  const subjects = owner === null ? await withOwners(cluster, found) : found.map((represented) => ({ ...represented, owner }));
  const all = pods.map(({ pod }) => pod);
  return Promise.all(
    subjects.map(async (subject) => {
      const apart = await nodesApart(cluster, subject.pod, all);
      const heldUp = isFailing(subject.pod) ? heldUpBy?.(subject.pod) : undefined;
      return { ...subject, ...(apart && { nodesApart: apart }), ...(heldUp && { heldUp }) };
    }),
  );
}

function withOwners(cluster: Cluster, found: readonly Represented[]): Promise<readonly Subject[]> {
  return Promise.all(found.map(async ({ pod, standsFor }) => ({ pod, owner: await ownerOf(cluster, pod), standsFor })));
}

async function findPod(cluster: Cluster, namespace: string, name: string) {
  try {
    return [{ pod: await cluster.get<RawPod>(namespaced('/api/v1', namespace, 'pods', name)), standsFor: 1 }];
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new SubjectError(await podNotFound(error, cluster, namespace, name), { cause: error });
  }
}

interface WorkloadPods {
  readonly pods: readonly RolloutPod[];
  /** Of all of them; null: each pod tells its own. */
  readonly owner: Owner | null;
  /** One line for where there are none. */
  readonly whyNone: () => Promise<WhyNone>;
  /** Some of its newest revision are to come, and none is there yet. */
  readonly awaited: boolean;
  /** Which of them wait for this one. */
  readonly heldUpBy?: (pod: RawPod) => HeldUp | undefined;
}

/**
 * The pods of a workload, of a type that is known here or to the server.
 * @throws SubjectError where there is no such type or object; ApiError, ConnectionError for anything else
 */
export function workloadPods(cluster: Cluster, namespace: string, target: Exclude<Target, { type: 'pod' }>): Promise<WorkloadPods> {
  return target.type === 'other' ? otherPods(cluster, namespace, target) : knownPods(cluster, namespace, target.type, target.name);
}

async function knownPods(cluster: Cluster, namespace: string, type: WorkloadType, name: string): Promise<WorkloadPods> {
  const workload = await getWorkload(cluster, namespace, type, name).catch((error) =>
    missing(error, namespace, name, () => listWorkloads(cluster, namespace, type)),
  );
  const { pods, newest } = await podsOf(cluster, namespace, type, workload);
  const above = type === 'replicaset' || type === 'job' ? null : controllerOf(workload.metadata);
  const all = pods.map(({ pod }) => pod);
  return {
    pods,
    owner: above && ownerFrom(above),
    whyNone: () => whyNoPods(cluster, namespace, type, workload),
    awaited: awaitsPods(type, workload, pods, newest),
    ...(type === 'statefulset' && { heldUpBy: (pod: RawPod) => heldUpBy(pod, all, workload) }),
  };
}

async function otherPods(cluster: Cluster, namespace: string, { resource: typed, name }: { resource: string; name: string }) {
  const type = await findType(cluster, typed);
  if (type === null) throw new SubjectError(`error: the server doesn't have a resource type "${typed.split('.')[0]}"`);
  const { resource } = type;
  const workload = await getOther(cluster, namespace, type, name).catch((error) =>
    missing(error, namespace, name, async () => (await list<RawWorkload>(cluster, objectPath(resource, namespace, ''), {})).items),
  );
  const { pods, owned, unread } = await podsOfOther(cluster, namespace, workload);
  const whyNone = async () => {
    const why = await whyNoPods(cluster, namespace, typeName(workload.resource), workload.object);
    return unread === 0
      ? why
      : { ...why, line: `${why.line}\n${unread} of the objects that own pods there could not be read: pods of it may be among theirs` };
  };
  const awaited = awaitsPods(typeName(workload.resource), workload.object, pods, null);
  return { pods, owner: owned ? workload.owner : null, whyNone, awaited };
}

/** @throws SubjectError for what does not exist, with the names that were probably meant; else the error itself */
async function missing(error: unknown, namespace: string, name: string, others: () => Promise<readonly RawWorkload[]>): Promise<never> {
  if (!isNotFound(error)) throw error;
  throw new SubjectError(await workloadNotFound(error, namespace, name, others), { cause: error });
}
