import { ApiError, type Cluster } from '../cluster/cluster.ts';
import { formatReference, parseReference } from '../image/reference.ts';
import type { ContainerFacts, FileSystemFacts, Neighbours, NodeCondition, NodeFacts, PodFacts, Reading, Step } from '../values/evidence.ts';
import { within } from './deadline.ts';
import { readEvent } from './events.ts';
import type { RawCondition, RawEvent, RawNode, RawPod } from './kubernetes.ts';
import { list } from './list.ts';
import { neighboursOf } from './neighbours.ts';
import { shorten } from './shorten.ts';
import { read, runStep } from './step.ts';
import { namespaced } from './workload.ts';

/** A kubelet that does not answer is not waited for longer than this. */
const kubeletPatience = 4000;
/** Pods on other nodes are paged through for no longer, and no further, than this. */
const neighbourPatience = 3000;
const mostPods = 5000;

/** The node's state, the room for images on it, and how other pods fare with the images that this pod lacks. */
export function collectNode(
  cluster: Cluster,
  nodeName: string,
  pod: PodFacts,
  images: readonly Pick<ContainerFacts, 'container' | 'kind' | 'image' | 'pull'>[],
): Promise<Step<NodeFacts>> {
  return runStep('get nodes', async () => {
    const lacking = images.filter((image) => image.pull === 'failing' || image.pull === 'pulling');
    const [node, imageFs, events, neighbours] = await Promise.all([
      cluster.get<RawNode>(nodePath(nodeName)),
      readImageFs(cluster, nodeName),
      diskEvents(cluster, nodeName),
      lacking.length === 0 ? { value: [] } : readNeighbours(cluster, nodeName, pod, lacking),
    ]);
    const info = node.status?.nodeInfo;
    return {
      name: nodeName,
      platform: { os: info?.operatingSystem ?? '', architecture: info?.architecture ?? '' },
      kubelet: info?.kubeletVersion ?? '',
      runtime: info?.containerRuntimeVersion ?? '',
      createdAt: node.metadata.creationTimestamp ?? '',
      provider: node.spec?.providerID || null,
      conditions: (node.status?.conditions ?? []).map(readCondition),
      imageFs,
      imagesPresent: imagesPresent(node, images),
      events,
      neighbours,
    };
  });
}

function nodePath(name: string): string {
  return `/api/v1/nodes/${encodeURIComponent(name)}`;
}

function readCondition({ type, status, reason, message, lastTransitionTime }: RawCondition): NodeCondition {
  return {
    type,
    status,
    reason: reason ?? null,
    message: message === undefined ? null : shorten(message),
    since: lastTransitionTime ?? null,
  };
}

interface StatsSummary {
  readonly node?: { readonly runtime?: { readonly imageFs?: Partial<FileSystemFacts> } };
}

/** The kubelet's own figures (kubelet/pkg/apis/stats/v1alpha1), through the API server. */
function readImageFs(cluster: Cluster, nodeName: string): Promise<Reading<FileSystemFacts>> {
  return read('get nodes/proxy', async () => {
    const summary = await within(kubeletPatience, 'the kubelet', cluster.get<StatsSummary>(`${nodePath(nodeName)}/proxy/stats/summary`));
    const fs = summary.node?.runtime?.imageFs;
    if (fs?.availableBytes === undefined || fs.capacityBytes === undefined)
      throw new Error('the kubelet does not say how full its image file system is');
    return {
      availableBytes: fs.availableBytes,
      capacityBytes: fs.capacityBytes,
      inodesFree: fs.inodesFree ?? null,
      inodes: fs.inodes ?? null,
    };
  });
}

/** `InvalidDiskCapacity` is not among them: it is common, once, when a kubelet starts. */
const diskReasons = new Set(['FreeDiskSpaceFailed', 'ImageGCFailed', 'EvictionThresholdMet', 'NodeHasDiskPressure', 'ContainerGCFailed']);

/** Events of a node lie in namespace `default` and bear a uid that is not the node's: they are found by name (error-messages 7.2). */
async function diskEvents(cluster: Cluster, nodeName: string): Promise<NodeFacts['events']> {
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

/** Names as the node lists them; it lists at most 50 images, the largest, so absence proves nothing (nodeStatusMaxImages). */
function imagesPresent(node: RawNode, images: readonly { readonly image: string }[]): readonly string[] {
  const wanted = new Set(images.flatMap(({ image }) => fullName(image) ?? []));
  const names = (node.status?.images ?? []).flatMap((image) => image.names ?? []);
  return names.filter((name) => wanted.has(fullName(name) ?? ''));
}

function fullName(image: string): string | null {
  const parsed = parseReference(image);
  return 'reference' in parsed ? formatReference(parsed.reference) : null;
}

/** All pods of this node, and of the others as many as can be read at once; who may not list them all learns of this namespace. */
function readNeighbours(
  cluster: Cluster,
  nodeName: string,
  pod: PodFacts,
  images: readonly Pick<ContainerFacts, 'container' | 'kind' | 'image'>[],
): Promise<Reading<readonly Neighbours[]>> {
  return read(`list pods in namespace ${pod.namespace}`, async () =>
    neighboursOf(pod, images, await neighbourPods(cluster, nodeName, pod.namespace)),
  );
}

async function neighbourPods(cluster: Cluster, nodeName: string, namespace: string): Promise<readonly RawPod[]> {
  const limits = { cap: mostPods, deadline: performance.now() + neighbourPatience };
  try {
    const [here, elsewhere] = await Promise.all(
      ['=', '!='].map((operator) =>
        list<RawPod>(cluster, '/api/v1/pods', { fieldSelector: `spec.nodeName${operator}${nodeName}` }, limits),
      ),
    );
    return [...(here?.items ?? []), ...(elsewhere?.items ?? [])];
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 403) throw error;
    return (await list<RawPod>(cluster, namespaced('/api/v1', namespace, 'pods'), {}, limits)).items;
  }
}
