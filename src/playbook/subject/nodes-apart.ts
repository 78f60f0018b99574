import type { Cluster } from '../../cluster/cluster.ts';
import type { NodesApart } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { readContainers } from '../pod/containers.ts';
import { type Table, tableType } from '../table.ts';

/** Labels that groups of nodes differ by: Kubernetes' well-known ones, and those that providers put on their pools. */
const telling = [
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'node.kubernetes.io/instance-type',
  'node.kubernetes.io/windows-build',
  'eks.amazonaws.com/nodegroup',
  'eks.amazonaws.com/compute-type',
  'cloud.google.com/gke-nodepool',
  'kubernetes.azure.com/agentpool',
  'karpenter.sh/nodepool',
  'doks.digitalocean.com/node-pool',
  'node-role.kubernetes.io/control-plane',
] as const;

/** Columns of `kubectl get nodes -o wide` that they differ by. */
const columns: Readonly<Record<string, string>> = {
  Version: 'kubelet',
  'OS-Image': 'OS image',
  'Kernel-Version': 'kernel',
  'Container-Runtime': 'runtime',
};

/**
 * On which nodes this pod's failing images fail, by all pods of its workload, on which the same images are there, and what all of the first
 * and none of the others have. undefined: it fails on all of them, or nodes may not be listed.
 */
export async function nodesApart(cluster: Cluster, pod: RawPod, pods: readonly RawPod[]): Promise<NodesApart | undefined> {
  const lacking = readContainers(pod).filter(({ pull }) => pull === 'failing');
  const has = (other: RawPod, state: string) =>
    lacking.some(({ image }) => readContainers(other).some((container) => container.image === image && container.pull === state));
  const nodesOf = (state: string) => [...new Set(pods.flatMap((other) => (has(other, state) ? (other.spec.nodeName ?? []) : [])))].sort();
  const failing = nodesOf('failing');
  const fine = nodesOf('pulled').filter((node) => !failing.includes(node));
  if (failing.length === 0 || fine.length === 0) return undefined;
  return { failing, fine, apart: await whatTells(cluster, failing, fine).catch(() => []) };
}

/** By one request, without what makes Node objects big: the images on them. */
async function whatTells(cluster: Cluster, failing: readonly string[], fine: readonly string[]): Promise<NodesApart['apart']> {
  const table = await cluster.get<Table>('/api/v1/nodes', { limit: 2000 }, { accept: tableType });
  const traits = new Map((table.rows ?? []).map((row) => [row.object?.metadata?.name ?? String(row.cells[0]), traitsOf(table, row)]));
  const first = traits.get(failing[0] ?? '') ?? new Map<string, string>();
  return [...first].flatMap(([what, value]) => {
    const all = failing.every((node) => traits.get(node)?.get(what) === value);
    const none = fine.every((node) => traits.has(node) && traits.get(node)?.get(what) !== value);
    return all && none ? [{ what, value }] : [];
  });
}

function traitsOf({ columnDefinitions }: Table, { cells, object }: NonNullable<Table['rows']>[number]): ReadonlyMap<string, string> {
  const labels = object?.metadata?.labels ?? {};
  const known = telling.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
  const shown = (columnDefinitions ?? []).flatMap(({ name }, i) => {
    const what = columns[name];
    return what === undefined || cells[i] == null ? [] : [[what, String(cells[i])] as const];
  });
  return new Map([...known, ...shown]);
}
