import type { Cluster } from '../../cluster/cluster.ts';
import type { Owner } from '../../values/evidence.ts';
import { controllerOf, type RawMeta, type RawOwnerReference, type RawPod } from '../kubernetes.ts';
import { getWorkload, namespaced } from './workload.ts';

/**
 * The topmost controller that a user edits. A ReplicaSet of a Deployment is known by its name, which ends in the hash that the Deployment's
 * controller labels its pods with (other makers of ReplicaSets use another label), so only a Job, another's ReplicaSet and a pod that owns
 * pods have to be read.
 */
export async function ownerOf(cluster: Cluster, pod: RawPod): Promise<Owner | null> {
  const direct = controllerOf(pod.metadata);
  if (!direct) return null;
  if (isOf(direct, 'ReplicaSet', 'apps')) {
    const deployment = deploymentOf(direct.name, pod.metadata.labels?.['pod-template-hash']);
    if (deployment) return deployment;
  }
  try {
    const between = await readBetween(cluster, pod.metadata.namespace ?? 'default', direct);
    return ownerFrom((between && controllerOf(between)) ?? direct);
  } catch {
    return ownerFrom(direct);
  }
}

/** What stands between a pod and what a user edits; null: nothing does. */
async function readBetween(cluster: Cluster, namespace: string, direct: RawOwnerReference): Promise<RawMeta | null> {
  if (isOf(direct, 'ReplicaSet', 'apps')) return (await getWorkload(cluster, namespace, 'replicaset', direct.name)).metadata;
  if (isOf(direct, 'Job', 'batch')) return (await getWorkload(cluster, namespace, 'job', direct.name)).metadata;
  if (isOf(direct, 'Pod', '')) return (await cluster.get<RawPod>(namespaced('/api/v1', namespace, 'pods', direct.name))).metadata;
  return null;
}

function isOf({ kind, apiVersion }: RawOwnerReference, wanted: string, group: string): boolean {
  return kind === wanted && groupOf(apiVersion) === group;
}

function deploymentOf(replicaSet: string, hash: string | undefined): Owner | null {
  if (!hash || !replicaSet.endsWith(`-${hash}`)) return null;
  return { kind: 'Deployment', name: replicaSet.slice(0, -hash.length - 1) };
}

/** `apps` of `apps/v1`; empty: the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** Groups whose kinds need no group beside them. */
const own = new Set(['', 'apps', 'batch']);

export function ownerFrom({ apiVersion, kind, name }: Pick<RawOwnerReference, 'apiVersion' | 'kind' | 'name'>): Owner {
  const group = groupOf(apiVersion);
  return { kind, name, ...(own.has(group) ? {} : { group }) };
}
