import type { Cluster } from '../../cluster/cluster.ts';
import type { ContainerFacts, Evidence, Obstacle } from '../../values/evidence.ts';
import { turns } from '../../values/turns.ts';
import { type CollectOptions, collect, type Readers } from '../collect.ts';
import { collectEvents, eventsFacts } from '../events.ts';
import type { RawPod } from '../kubernetes.ts';
import { readImageFs } from '../node/kubelet.ts';
import { collectNode, type NodeReads } from '../node/node.ts';
import { collectRegistry, type Inspect } from '../registry.ts';
import { runStep } from '../step.ts';
import { ownerOf } from '../subject/owner.ts';
import type { PodEvents } from './pod-events.ts';

/** Pods that are read about at a time: a multiple of the requests that are under way, so that these never run dry. */
const podsAtATime = 30;

export interface SharedReads {
  /** null: each pod's own are asked for. */
  readonly events: PodEvents | null;
  readonly inspect: Inspect;
  /** Instead of the step of that name. */
  readonly registry?: typeof collectRegistry;
  /** No further pod is begun with after this. */
  readonly signal?: AbortSignal;
}

/**
 * The playbook for each of these pods, without its probe; what they share is read once. `done` is told what was found, and how many are
 * finished.
 * @throws the signal's reason
 */
export async function collectAll(
  cluster: Cluster,
  pods: readonly RawPod[],
  shared: SharedReads,
  options: CollectOptions,
  done: (evidence: Evidence, count: number) => void,
): Promise<readonly Evidence[]> {
  const readers = readersOf(shared);
  const turn = turns(podsAtATime);
  let finished = 0;
  return Promise.all(
    pods.map((pod) =>
      turn(async () => {
        shared.signal?.throwIfAborted();
        const evidence = await collect(cluster, { pod, owner: await ownerOf(cluster, pod), standsFor: 1 }, options, readers);
        shared.signal?.throwIfAborted();
        done(evidence, ++finished);
        return evidence;
      }),
    ),
  );
}

function readersOf({ events, inspect, registry = collectRegistry }: SharedReads): Readers {
  return {
    events: (cluster, pod) =>
      events === null
        ? collectEvents(cluster, pod)
        : runStep(`list events in namespace ${pod.namespace}`, async () => eventsFacts(events.get(pod.uid) ?? [])),
    node: (cluster, name, pod, images) => collectNode(cluster, name, pod, images, nodeReads(images)),
    registry: (images, credentials, node, options) => registry(images, credentials, node, options, inspect),
    rollout: async () => undefined,
  };
}

const notAsked: Obstacle = { kind: 'failed', message: 'a scan asks the kubelet only where a pull speaks of the disk' };

/** The kubelet is asked only where its disk is in doubt; neighbours are compared later, and only where they can tell something. */
function nodeReads(images: readonly Partial<Pick<ContainerFacts, 'waiting'>>[]): NodeReads {
  const disk = images.some(({ waiting }) => /no space left|disk|inode/i.test(waiting?.message ?? ''));
  return {
    imageFs: async (cluster, name) => (disk ? readImageFs(cluster, name) : { obstacle: notAsked }),
    neighbours: async () => ({ value: [] }),
  };
}
