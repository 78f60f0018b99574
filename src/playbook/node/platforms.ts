import type { Cluster } from '../../cluster/cluster.ts';
import { matchesPlatform } from '../../image/platform.ts';
import type { NodeFacts, NodePlatform, Reading, RegistryFacts, Step } from '../../values/evidence.ts';
import type { RawNode } from '../kubernetes.ts';
import { list } from '../list.ts';
import { read } from '../step.ts';

const mostNodes = 2000;

export async function listNodes(cluster: Cluster): Promise<Reading<readonly RawNode[]>> {
  const nodes = await read('list nodes', () => list<RawNode>(cluster, '/api/v1/nodes', {}, { cap: mostNodes }));
  return 'obstacle' in nodes ? nodes : { value: nodes.value.items, ...(!nodes.value.complete && { cut: true }) };
}

/** Empty where the node does not say. */
export function nodePlatform({ metadata, status }: RawNode): readonly NodePlatform[] {
  const { operatingSystem: os, architecture, containerRuntimeVersion: runtime } = status?.nodeInfo ?? {};
  return os && architecture ? [{ name: metadata.name, platform: { os, architecture }, ...(runtime && { runtime }) }] : [];
}

/** Adds what all nodes run, where an image is for no platform of the pod's own node: which of them would do. */
export async function withPlatforms(cluster: Cluster, node: Step<NodeFacts>, registry: Step<RegistryFacts>): Promise<Step<NodeFacts>> {
  if (node.outcome !== 'done' || registry.outcome !== 'done') return node;
  const { platform } = node.facts;
  const unfit = registry.facts.images.some(({ manifest }) => {
    const offered = manifest?.platforms ?? [];
    return offered.length > 0 && !manifest?.morePlatforms && !offered.some((one) => matchesPlatform(platform, one));
  });
  if (!unfit) return node;
  const nodes = await listNodes(cluster);
  const platforms = 'obstacle' in nodes ? nodes : { ...nodes, value: nodes.value.flatMap(nodePlatform) };
  return { ...node, facts: { ...node.facts, platforms } };
}
