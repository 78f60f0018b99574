import type { Cluster } from '../../cluster/cluster.ts';
import { fieldsOf } from '../../values/json-object.ts';
import { type Json, objects } from '../json.ts';
import type { RawNode, RawPod } from '../kubernetes.ts';
import { podFacts } from '../pod/facts.ts';
import { demandsOf, fittingNodes } from './demands.ts';
import { listNodes } from './platforms.ts';

/** What the node's controller puts on a node whose kubelet reports DiskPressure, with the effect NoSchedule. */
const taint = 'node.kubernetes.io/disk-pressure';

/**
 * The names of nodes that a pod without a node may go to by its selector and affinity, and that take none for want of disk, which the pod
 * does not tolerate. The nodes are listed where the scheduler's words leave that open: from Kubernetes 1.36 on they name no taint.
 * undefined: there is none, or nodes may not be listed.
 */
export async function nodesShortOfDisk(cluster: Cluster, pod: RawPod): Promise<readonly string[] | undefined> {
  const { unscheduled } = podFacts(pod, null);
  const spec = fieldsOf(pod.spec);
  if (unscheduled === null || !/taint\(s\)|disk-pressure/.test(unscheduled) || objects(spec.tolerations).some(isTolerated))
    return undefined;
  const nodes = await listNodes(cluster);
  if ('obstacle' in nodes) return undefined;
  const names = fittingNodes(nodes.value, demandsOf(spec)).flatMap((node) => (isTainted(node) ? [node.metadata.name] : []));
  return names.length === 0 ? undefined : names.sort();
}

function isTolerated({ key, operator, value, effect }: Json): boolean {
  if (effect && effect !== 'NoSchedule') return false;
  return operator === 'Exists' ? !key || key === taint : key === taint && !value;
}

function isTainted({ spec }: RawNode): boolean {
  return (spec?.taints ?? []).some(({ key }) => key === taint);
}
