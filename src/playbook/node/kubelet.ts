import type { Cluster } from '../../cluster/cluster.ts';
import type { FileSystemFacts, KubeletConfig, NodeFacts, Reading } from '../../values/evidence.ts';
import { within } from '../deadline.ts';
import { readEvent } from '../events.ts';
import type { RawEvent } from '../kubernetes.ts';
import { list } from '../list.ts';
import { read } from '../step.ts';
import { namespaced } from '../subject/workload.ts';

/** A kubelet that does not answer is not waited for longer than this. */
const patience = 4000;

export function nodePath(name: string): string {
  return `/api/v1/nodes/${encodeURIComponent(name)}`;
}

interface StatsSummary {
  readonly node?: { readonly runtime?: { readonly imageFs?: Partial<FileSystemFacts> & { readonly usedBytes?: number } } };
  readonly pods?: readonly {
    readonly podRef?: { readonly namespace?: string; readonly name?: string };
    readonly 'ephemeral-storage'?: { readonly usedBytes?: number };
  }[];
}

/** The share of the image disk below which the kubelet's thresholds are near: by default it evicts at 15% (kubelet `evictionHard`). */
const nearThresholds = 0.2;

/** Little is left of the disk's bytes or inodes. */
export function isShort({ availableBytes, capacityBytes, inodesFree, inodes }: FileSystemFacts): boolean {
  const ofBytes = capacityBytes > 0 ? availableBytes / capacityBytes : 1;
  return Math.min(ofBytes, inodesFree !== null && inodes ? inodesFree / inodes : 1) < nearThresholds;
}

const mostWriters = 3;

function writersOf({ pods = [] }: StatsSummary): NonNullable<FileSystemFacts['writers']> {
  return pods
    .map((pod) => ({ pod: `${pod.podRef?.namespace}/${pod.podRef?.name}`, bytes: pod['ephemeral-storage']?.usedBytes ?? 0 }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, mostWriters);
}

/** The kubelet's own figures (kubelet/pkg/apis/stats/v1alpha1), through the API server. */
export function readImageFs(cluster: Cluster, nodeName: string): Promise<Reading<FileSystemFacts>> {
  return read('get nodes/proxy', async () => {
    const summary = await within(patience, 'the kubelet', cluster.get<StatsSummary>(`${nodePath(nodeName)}/proxy/stats/summary`));
    const fs = summary.node?.runtime?.imageFs;
    if (fs?.availableBytes === undefined || fs.capacityBytes === undefined)
      throw new Error('the kubelet does not say how full its image file system is');
    const facts = {
      availableBytes: fs.availableBytes,
      capacityBytes: fs.capacityBytes,
      inodesFree: fs.inodesFree ?? null,
      inodes: fs.inodes ?? null,
      ...(fs.usedBytes !== undefined && { imagesBytes: fs.usedBytes }),
    };
    return isShort(facts) ? { ...facts, writers: writersOf(summary) } : facts;
  });
}

/** `InvalidDiskCapacity` is not among them: it is common, once, when a kubelet starts. */
const diskReasons = new Set(['FreeDiskSpaceFailed', 'ImageGCFailed', 'EvictionThresholdMet', 'NodeHasDiskPressure', 'ContainerGCFailed']);

/** Events of a node lie in namespace `default` and bear a uid that is not the node's: they are found by name. */
export async function diskEvents(cluster: Cluster, nodeName: string): Promise<NodeFacts['events']> {
  const fieldSelector = `involvedObject.kind=Node,involvedObject.name=${nodeName}`;
  const events = await read('list events in namespace default', () =>
    list<RawEvent>(cluster, namespaced('/api/v1', 'default', 'events'), { fieldSelector }),
  );
  if ('obstacle' in events) return [];
  return events.value.items
    .map(readEvent)
    .filter((event) => diskReasons.has(event.reason))
    .map(({ reason, message, last }) => ({ reason, message, last }))
    .sort((a, b) => Date.parse(a.last) - Date.parse(b.last));
}

interface Configz {
  readonly kubeletconfig?: {
    readonly evictionHard?: Readonly<Record<string, string>>;
    readonly imageGCHighThresholdPercent?: number;
    readonly serializeImagePulls?: boolean;
    readonly maxParallelImagePulls?: number | null;
    readonly registryPullQPS?: number;
    readonly registryBurst?: number;
    readonly imagePullCredentialsVerificationPolicy?: string;
  };
}

/** The kubelet's configuration in force (`/configz`), as far as it bears on images. */
export function readKubeletConfig(cluster: Cluster, nodeName: string): Promise<Reading<KubeletConfig>> {
  return read('get nodes/proxy', async () => {
    const { kubeletconfig: config } = await within(patience, 'the kubelet', cluster.get<Configz>(`${nodePath(nodeName)}/proxy/configz`));
    if (!config) throw new Error('the kubelet does not serve its configuration');
    const thresholds = Object.entries(config.evictionHard ?? {}).filter(([, value]) => typeof value === 'string');
    return {
      evictionHard: Object.fromEntries(thresholds),
      imageGCHighThresholdPercent: config.imageGCHighThresholdPercent ?? null,
      serializeImagePulls: config.serializeImagePulls ?? null,
      maxParallelImagePulls: config.maxParallelImagePulls ?? null,
      registryPullQPS: config.registryPullQPS ?? null,
      registryBurst: config.registryBurst ?? null,
      credentialVerification: config.imagePullCredentialsVerificationPolicy ?? null,
    };
  });
}
