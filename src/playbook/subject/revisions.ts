import type { Cluster } from '../../cluster/cluster.ts';
import { controllerOf, type RawList, type RawPod, type RawTemplate, type RawWorkload } from '../kubernetes.ts';
import { listWorkloads, namespaced } from './workload.ts';

export interface Revision {
  readonly number: number;
  readonly template: RawTemplate | undefined;
  /** Of its pods; null: not told. */
  readonly ready: number | null;
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

/**
 * The revisions of this pod's workload: the ReplicaSets of a Deployment, the ControllerRevisions of a StatefulSet or DaemonSet. null: it has none.
 * @throws ApiError, ConnectionError where they may not be read
 */
export async function revisionsOf(cluster: Cluster, pod: RawPod): Promise<Revisions | null> {
  const controller = controllerOf(pod.metadata);
  const namespace = pod.metadata.namespace ?? 'default';
  if (controller?.kind === 'ReplicaSet') return replicaSets(cluster, namespace, controller.uid);
  if (controller?.kind !== 'StatefulSet' && controller?.kind !== 'DaemonSet') return null;
  return controllerRevisions(cluster, namespace, controller.uid, pod.metadata.labels?.['controller-revision-hash']);
}

async function replicaSets(cluster: Cluster, namespace: string, uid: string): Promise<Revisions | null> {
  const sets = await listWorkloads(cluster, namespace, 'replicaset');
  const own = sets.find((set) => set.metadata.uid === uid);
  const deployment = own && controllerOf(own.metadata)?.uid;
  if (!own || !deployment) return null;
  const siblings = sets.filter((set) => controllerOf(set.metadata)?.uid === deployment);
  const revisions = siblings.map((set) => ({
    number: number(set),
    template: set.spec?.template,
    ready: set.status?.readyReplicas ?? 0,
  }));
  return { all: newestFirst(revisions), own: number(own) };
}

function number({ metadata }: RawWorkload): number {
  return Number(metadata.annotations?.['deployment.kubernetes.io/revision']) || 0;
}

/** A StatefulSet's pods carry the name of their revision, a DaemonSet's the hash at its end. */
async function controllerRevisions(cluster: Cluster, namespace: string, uid: string, hash: string | undefined): Promise<Revisions> {
  const path = namespaced('/apis/apps/v1', namespace, 'controllerrevisions');
  const { items } = await cluster.get<RawList<RawControllerRevision>>(path, { limit: 500 });
  const owned = (items ?? []).filter(({ metadata }) => controllerOf(metadata)?.uid === uid);
  const own = hash === undefined ? undefined : owned.find(({ metadata: { name } }) => name === hash || name.endsWith(`-${hash}`));
  return {
    all: newestFirst(owned.map(({ revision = 0, data }) => ({ number: revision, template: data?.spec?.template, ready: null }))),
    own: own?.revision ?? null,
  };
}

function newestFirst(revisions: readonly Revision[]): readonly Revision[] {
  return revisions.toSorted((a, b) => b.number - a.number);
}
