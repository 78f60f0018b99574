import type { Cluster } from '../../cluster/cluster.ts';
import type { Evidence } from '../../values/evidence.ts';
import { turns } from '../../values/turns.ts';
import type { RawList, RawMeta, RawPod } from '../kubernetes.ts';
import { neighboursAmong } from '../node/neighbours.ts';
import { type Use, usesOf } from '../node/uses.ts';
import { collectionPath } from './scope.ts';

/** With more nodes than these the fault is not one node's. */
const mostNodes = 5;
const othersToCompare = 3;
/** Their pods are let go as soon as their images are known. */
const nodesAtATime = 2;
const namesToChooseFrom = 20;

/**
 * Compares pods that have trouble with their network or registry with those that run: on their own nodes, and on a few others. What works
 * elsewhere tells a node's fault from a registry's; that nothing is found there tells nothing.
 * @param namespace null: pods of all namespaces
 * @returns the same evidence, with neighbours where they could be read
 */
export async function withNeighbours(
  cluster: Cluster,
  evidence: readonly Evidence[],
  namespace: string | null,
): Promise<readonly Evidence[]> {
  const own = [...new Set(evidence.flatMap(({ pod }) => pod.node ?? []))].sort();
  if (own.length === 0) return evidence;
  const others = (await nodeNames(cluster)).filter((name) => !own.includes(name));
  const nodes = [...own.slice(0, mostNodes), ...others.slice(0, othersToCompare)];
  const path = collectionPath(namespace, 'pods');
  try {
    const turn = turns(nodesAtATime);
    const uses = await Promise.all(nodes.map((node) => turn(() => usesOnNode(cluster, path, node))));
    return evidence.map((item) => compared(item, uses.flat(), namespace));
  } catch {
    return evidence;
  }
}

/** From the API server's cache, which has an index of them. */
async function usesOnNode(cluster: Cluster, path: string, node: string): Promise<readonly Use[]> {
  const { items } = await cluster.get<RawList<RawPod>>(path, { fieldSelector: `spec.nodeName=${node}`, resourceVersion: 0 });
  return usesOf(items ?? []);
}

async function nodeNames(cluster: Cluster): Promise<readonly string[]> {
  const accept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json';
  try {
    const { items } = await cluster.get<RawList<{ readonly metadata: RawMeta }>>('/api/v1/nodes', { limit: namesToChooseFrom }, { accept });
    return (items ?? []).map(({ metadata }) => metadata.name);
  } catch {
    return [];
  }
}

function compared(evidence: Evidence, uses: readonly Use[], namespace: string | null): Evidence {
  if (evidence.node.outcome !== 'done' || evidence.describe.outcome !== 'done') return evidence;
  const lacking = evidence.describe.facts.containers.filter(({ pull }) => pull === 'failing' || pull === 'pulling');
  const limits = { cut: true, ...(namespace !== null && { namespace }) };
  const value = neighboursAmong(evidence.pod, lacking, uses).map((neighbours) => ({ ...neighbours, ...limits }));
  return { ...evidence, node: { ...evidence.node, facts: { ...evidence.node.facts, neighbours: { value } } } };
}
