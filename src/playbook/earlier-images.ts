import type { Cluster } from '../cluster/cluster.ts';
import { controllerOf, type RawList, type RawPod, type RawTemplate, type RawWorkload } from './kubernetes.ts';
import { listWorkloads, namespaced } from './workload.ts';

interface Revision {
  readonly number: number;
  readonly template: RawTemplate | undefined;
}

interface RawControllerRevision {
  readonly metadata: RawPod['metadata'];
  readonly revision?: number;
  readonly data?: { readonly spec?: { readonly template?: RawTemplate } };
}

/**
 * What a container of this pod's workload ran in the rollout before: from older ReplicaSets of a Deployment, from the ControllerRevisions of a StatefulSet or
 * DaemonSet. null: there was none, or it may not be read.
 */
export async function earlierImage(cluster: Cluster, pod: RawPod, container: string): Promise<string | null> {
  const controller = controllerOf(pod.metadata);
  const namespace = pod.metadata.namespace ?? 'default';
  if (!controller) return null;
  try {
    const revisions =
      controller.kind === 'ReplicaSet'
        ? await replicaSets(cluster, namespace, controller.uid)
        : await controllerRevisions(cluster, namespace, controller.uid);
    const [current, ...earlier] = revisions.toSorted((a, b) => b.number - a.number).map(({ template }) => imageOf(template, container));
    return earlier.find((image) => image !== null && image !== current) ?? null;
  } catch {
    return null;
  }
}

async function replicaSets(cluster: Cluster, namespace: string, uid: string): Promise<readonly Revision[]> {
  const sets = await listWorkloads(cluster, namespace, 'replicaset');
  const own = sets.find((set) => set.metadata.uid === uid);
  const deployment = own && controllerOf(own.metadata)?.uid;
  if (!own || !deployment) return [];
  const siblings = sets.filter((set) => controllerOf(set.metadata)?.uid === deployment && number(set) <= number(own));
  return siblings.map((set) => ({ number: number(set), template: set.spec?.template }));
}

function number({ metadata }: RawWorkload): number {
  return Number(metadata.annotations?.['deployment.kubernetes.io/revision']) || 0;
}

async function controllerRevisions(cluster: Cluster, namespace: string, uid: string): Promise<readonly Revision[]> {
  const path = namespaced('/apis/apps/v1', namespace, 'controllerrevisions');
  const { items } = await cluster.get<RawList<RawControllerRevision>>(path, { limit: 500 });
  return (items ?? [])
    .filter(({ metadata }) => controllerOf(metadata)?.uid === uid)
    .map(({ revision = 0, data }) => ({ number: revision, template: data?.spec?.template }));
}

function imageOf(template: RawTemplate | undefined, name: string): string | null {
  const { containers = [], initContainers = [] } = template?.spec ?? {};
  return [...containers, ...initContainers].find((container) => container.name === name)?.image ?? null;
}
