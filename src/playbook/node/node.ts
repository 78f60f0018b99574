import { ApiError, type Cluster, ConnectionError } from '../../cluster/cluster.ts';
import { toObstacle } from '../../cluster/errors.ts';
import type { ContainerFacts, FileSystemFacts, Neighbours, NodeFacts, PodFacts, Reading, Step } from '../../values/evidence.ts';
import type { RawNode } from '../kubernetes.ts';
import { read, runStep } from '../step.ts';
import { diskEvents, isShort, nodePath, readImageFs, readKubeletConfig } from './kubelet.ts';
import { neighbourPods } from './neighbour-pods.ts';
import { neighboursOf } from './neighbours.ts';
import { readNode, unreadNode } from './object.ts';

type Image = Pick<ContainerFacts, 'container' | 'kind' | 'image' | 'pull'> & Partial<Pick<ContainerFacts, 'waiting'>>;

/** The reads of this step that cost the most: a scan has others. */
export interface NodeReads {
  imageFs(cluster: Cluster, nodeName: string): Promise<Reading<FileSystemFacts>>;
  neighbours(cluster: Cluster, nodeName: string, pod: PodFacts, images: readonly Image[]): Promise<Reading<readonly Neighbours[]>>;
}

/**
 * The node's state, the room for images on it, and how other pods fare with the images that this pod lacks. Each of them may fail on its
 * own.
 */
export function collectNode(
  cluster: Cluster,
  nodeName: string,
  pod: PodFacts,
  images: readonly Image[],
  reads: NodeReads = { imageFs: readImageFs, neighbours: readNeighbours },
): Promise<Step<NodeFacts>> {
  return runStep('get nodes', async () => {
    const lacking = images.filter((image) => image.pull === 'failing' || image.pull === 'pulling');
    const [object, imageFs, events, neighbours] = await Promise.all([
      readObject(cluster, nodeName, images),
      reads.imageFs(cluster, nodeName),
      diskEvents(cluster, nodeName),
      lacking.length === 0 ? { value: [] } : reads.neighbours(cluster, nodeName, pod, lacking),
    ]);
    const facts = { ...object, imageFs, events, neighbours };
    if (!explainsSomething(facts, lacking)) return facts;
    return { ...facts, kubeletConfig: await readKubeletConfig(cluster, nodeName) };
  });
}

/** @throws ApiError, ConnectionError where the API server does not answer: then nothing else is to be had either */
async function readObject(cluster: Cluster, nodeName: string, images: readonly Image[]) {
  try {
    return readNode(nodeName, await cluster.get<RawNode>(nodePath(nodeName)), images);
  } catch (error) {
    const isMissing = error instanceof ApiError ? error.code === 403 || error.code === 404 : isNotCollected(error);
    if (!isMissing) throw error;
    return unreadNode(nodeName, toObstacle(error, 'get nodes'));
  }
}

/** A file that is read instead of a cluster may hold the pods and not their nodes. */
function isNotCollected(error: unknown): boolean {
  return error instanceof ConnectionError && error.kind === 'not-collected';
}

/** Texts of the kubelet's own limits and choices. */
const configured = /no space left|pull QPS exceeded|ErrImageNeverPull|DiskPressure/;

/** The configuration explains limits that show, and nothing else: so it is seldom read. */
function explainsSomething({ conditions, events, imageFs }: NodeFacts, lacking: readonly Image[]): boolean {
  if ('obstacle' in imageFs && imageFs.obstacle.kind === 'forbidden') return false;
  if (events.length > 0 || conditions.some(({ type, status }) => type === 'DiskPressure' && status === 'True')) return true;
  if ('value' in imageFs && isShort(imageFs.value)) return true;
  return lacking.some(({ pull, waiting }) => pull === 'pulling' || configured.test(`${waiting?.reason} ${waiting?.message}`));
}

function readNeighbours(
  cluster: Cluster,
  nodeName: string,
  pod: PodFacts,
  images: readonly Image[],
): Promise<Reading<readonly Neighbours[]>> {
  return read(`list pods in namespace ${pod.namespace}`, async () =>
    neighboursOf(pod, images, await neighbourPods(cluster, nodeName, pod.namespace)),
  );
}
