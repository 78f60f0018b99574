import type { Cluster } from '../../cluster/cluster.ts';
import type { Owner } from '../../values/evidence.ts';
import { controllerOf, type RawPod } from '../kubernetes.ts';
import { getWorkload } from './workload.ts';

/**
 * The topmost controller that a user edits. A ReplicaSet of a Deployment is known by its name, which ends in the hash that the Deployment's controller
 * labels its pods with (other makers of ReplicaSets use another label), so only a Job has to be read.
 */
export async function ownerOf(cluster: Cluster, pod: RawPod): Promise<Owner | null> {
  const direct = controllerOf(pod.metadata);
  if (!direct) return null;
  if (direct.kind === 'ReplicaSet') return deploymentOf(direct.name, pod.metadata.labels?.['pod-template-hash']) ?? plain(direct);
  if (direct.kind !== 'Job' || !direct.apiVersion.startsWith('batch/')) return plain(direct);
  try {
    const job = await getWorkload(cluster, pod.metadata.namespace ?? 'default', 'job', direct.name);
    return plain(controllerOf(job.metadata) ?? direct);
  } catch {
    return plain(direct);
  }
}

function deploymentOf(replicaSet: string, hash: string | undefined): Owner | null {
  if (!hash || !replicaSet.endsWith(`-${hash}`)) return null;
  return { kind: 'Deployment', name: replicaSet.slice(0, -hash.length - 1) };
}

function plain({ kind, name }: Owner): Owner {
  return { kind, name };
}
