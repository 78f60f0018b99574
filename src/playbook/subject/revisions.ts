import type { Cluster } from '../../cluster/cluster.ts';
import { controllerOf, type RawList, type RawPod, type RawTemplate, type RawWorkload } from '../kubernetes.ts';
import { list } from '../list.ts';
import { listWorkloads, namespaced } from './workload.ts';

export interface Revision {
  readonly number: number;
  readonly template: RawTemplate | undefined;
  /** When it was rolled out, RFC 3339; null: not told. */
  readonly createdAt: string | null;
  /** How many pods it has now, and how many of them are ready. @throws ApiError, ConnectionError where that may not be read */
  readonly pods: () => Promise<{ readonly all: number; readonly ready: number }>;
}

export interface Revisions {
  /** Newest first. */
  readonly all: readonly Revision[];
  /** The number of the one that made the pod; null: not told. */
  readonly own: number | null;
}

interface RawControllerRevision {
  readonly metadata: RawPod['metadata'];
  readonly revision?: number;
  readonly data?: { readonly spec?: { readonly template?: RawTemplate } };
}

/** Annotations of ReplicaSets: the number of the revision that it is, and those that it was before. */
const revisionKeys = ['deployment.kubernetes.io/revision', 'rollout.argoproj.io/revision'] as const;
const historyKeys = ['deployment.kubernetes.io/revision-history', 'rollout.argoproj.io/revision-history'] as const;

/** All annotations that revisions are read from. */
export const revisionAnnotations: readonly string[] = [...revisionKeys, ...historyKeys];

/** The label of pods by which their revision is known, where there are ControllerRevisions (also those of OpenKruise). */
const revisionLabel = 'controller-revision-hash';

/**
 * The revisions of this pod's workload: the ReplicaSets of a Deployment or of an Argo Rollout, the ControllerRevisions of a StatefulSet, a
 * DaemonSet or what works as they do. null: it has none.
 * @throws ApiError, ConnectionError where they may not be read
 */
export async function revisionsOf(cluster: Cluster, pod: RawPod): Promise<Revisions | null> {
  const controller = controllerOf(pod.metadata);
  const namespace = pod.metadata.namespace ?? 'default';
  if (controller?.kind === 'ReplicaSet') return replicaSets(cluster, namespace, controller.uid);
  const hash = pod.metadata.labels?.[revisionLabel];
  if (!controller || (hash === undefined && controller.kind !== 'StatefulSet' && controller.kind !== 'DaemonSet')) return null;
  return controllerRevisions(cluster, namespace, controller.uid, hash);
}

async function replicaSets(cluster: Cluster, namespace: string, uid: string): Promise<Revisions | null> {
  const sets = await listWorkloads(cluster, namespace, 'replicaset');
  const own = sets.find((set) => set.metadata.uid === uid);
  const owner = own && controllerOf(own.metadata)?.uid;
  if (!own || !owner) return null;
  const siblings = sets.filter((set) => controllerOf(set.metadata)?.uid === owner);
  const revisions = siblings.flatMap((set) => {
    const number = numberOf(set);
    if (number === null) return [];
    const ready = set.status?.readyReplicas ?? 0;
    return {
      number,
      template: set.spec?.template,
      createdAt: isReused(set) ? null : (set.metadata.creationTimestamp ?? null),
      pods: async () => ({ all: set.status?.replicas ?? ready, ready }),
    };
  });
  return { all: newestFirst(revisions), own: numberOf(own) };
}

/** After a rollback a ReplicaSet has a new number, and was not made then. */
function isReused({ metadata: { annotations = {} } }: RawWorkload): boolean {
  return historyKeys.some((key) => annotations[key] !== undefined);
}

/** null: it is not written. */
function numberOf({ metadata: { annotations = {} } }: RawWorkload): number | null {
  const written = revisionKeys.map((key) => annotations[key]).find((value) => value !== undefined);
  return Number(written) || null;
}

/** A StatefulSet's pods carry the name of their revision, a DaemonSet's the hash at its end. */
async function controllerRevisions(cluster: Cluster, namespace: string, uid: string, hash: string | undefined): Promise<Revisions> {
  const path = namespaced('/apis/apps/v1', namespace, 'controllerrevisions');
  const { items } = await cluster.get<RawList<RawControllerRevision>>(path, { limit: 500 });
  const owned = (items ?? []).filter(({ metadata }) => controllerOf(metadata)?.uid === uid);
  const own = hash === undefined ? undefined : owned.find(({ metadata: { name } }) => name === hash || name.endsWith(`-${hash}`));
  const labelOf = (name: string) => (own?.metadata.name === hash ? name : name.slice(name.lastIndexOf('-') + 1));
  const revisions = owned.flatMap(({ metadata, revision, data }) => {
    if (revision === undefined) return [];
    return {
      number: revision,
      template: data?.spec?.template,
      createdAt: metadata.creationTimestamp ?? null,
      pods: () => podsWith(cluster, namespace, uid, labelOf(metadata.name)),
    };
  });
  return { all: newestFirst(revisions), own: own?.revision ?? null };
}

async function podsWith(cluster: Cluster, namespace: string, uid: string, hash: string): Promise<{ all: number; ready: number }> {
  const labelSelector = `${revisionLabel}=${hash}`;
  const { items } = await list<RawPod>(cluster, namespaced('/api/v1', namespace, 'pods'), { labelSelector });
  const pods = items.filter(({ metadata }) => controllerOf(metadata)?.uid === uid);
  const ready = pods.filter(({ status }) => status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'));
  return { all: pods.length, ready: ready.length };
}

function newestFirst(revisions: readonly Revision[]): readonly Revision[] {
  return revisions.toSorted((a, b) => b.number - a.number);
}
