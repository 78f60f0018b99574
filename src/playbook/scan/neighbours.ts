import type { Cluster } from '../../cluster/cluster.ts';
import type { Evidence } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { list } from '../list.ts';
import { neighboursAmong, type Use, usesOf } from '../neighbours.ts';
import { collectionPath, type Scope } from './scope.ts';

/** With more nodes than these the fault is not one node's. */
const mostNodes = 5;
const podsPerNode = 250;
const podsElsewhere = 500;

/**
 * Compares pods that have trouble with their network or registry with a sample of those that run: on their own nodes, and on others. What works
 * elsewhere tells a node's fault from a registry's; that nothing is found in a sample tells nothing.
 * @returns the same evidence, with neighbours where there were none
 */
export async function withNeighbours(
  cluster: Cluster,
  evidence: readonly Evidence[],
  scope: Pick<Scope, 'namespace'>,
): Promise<readonly Evidence[]> {
  const nodes = [...new Set(evidence.flatMap(({ pod }) => pod.node ?? []))].sort().slice(0, mostNodes);
  if (nodes.length === 0) return evidence;
  const path = collectionPath(scope.namespace, 'pods');
  const read = async (fieldSelector: string, cap: number): Promise<readonly Use[]> => {
    const { items } = await list<RawPod>(cluster, path, { fieldSelector: `status.phase=Running,${fieldSelector}` }, { cap, pageSize: 250 });
    return usesOf(items);
  };
  const elsewhere = nodes.map((node) => `spec.nodeName!=${node}`).join(',');
  try {
    const uses = await Promise.all([...nodes.map((node) => read(`spec.nodeName=${node}`, podsPerNode)), read(elsewhere, podsElsewhere)]);
    return evidence.map((item) => compared(item, uses.flat(), scope.namespace));
  } catch {
    return evidence;
  }
}

function compared(evidence: Evidence, uses: readonly Use[], namespace: string | null): Evidence {
  if (evidence.node.outcome !== 'done' || evidence.describe.outcome !== 'done') return evidence;
  const lacking = evidence.describe.facts.containers.filter(({ pull }) => pull === 'failing' || pull === 'pulling');
  const limits = { cut: true, ...(namespace !== null && { namespace }) };
  const value = neighboursAmong(evidence.pod, lacking, uses).map((neighbours) => ({ ...neighbours, ...limits }));
  return { ...evidence, node: { ...evidence.node, facts: { ...evidence.node.facts, neighbours: { value } } } };
}
