import type { Cluster, GetOptions, Query } from '../cluster/cluster.ts';
import { isOwnRegistry } from '../values/address-class.ts';
import type {
  ContainerFacts,
  DescribeFacts,
  Evidence,
  ImageSpec,
  NodeFacts,
  Platform,
  PodFacts,
  Rollout,
  Step,
} from '../values/evidence.ts';
import { blockedBy } from '../values/init-order.ts';
import { describePod } from './describe.ts';
import { collectEvents } from './events.ts';
import type { RawNode, RawPod } from './kubernetes.ts';
import { nodePath } from './node/kubelet.ts';
import { collectNode } from './node/node.ts';
import { nodePlatform, withPlatforms } from './node/platforms.ts';
import { nodesShortOfDisk } from './node/short-of-disk.ts';
import { readContainers } from './pod/containers.ts';
import { podFacts } from './pod/facts.ts';
import { sandboxOf } from './pod/sandbox.ts';
import { proposalSources } from './proposals/sources.ts';
import { collectRegistry } from './registry.ts';
import { collectSecrets } from './secrets.ts';
import { collectSpec, pullSecretsOf } from './spec.ts';
import { rolloutOf } from './subject/rollout.ts';
import type { Subject } from './subject/subject.ts';

export interface CollectOptions {
  /** Whether the registry may be asked from this workstation. */
  readonly registry: boolean;
  /** Authorities to trust besides this machine's, as PEM. */
  readonly registryCa: string | undefined;
  /** What is left of the run's time, asked when the registry's turn comes. */
  leftMilliseconds(): number;
  /** Ends what the registry is asked. */
  readonly signal?: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  now(): Date;
  /** Called once the cluster's words on this pod are known, while the rest is still being read: the time to begin to understand them. */
  heard?(words: Heard): void;
}

/** The steps in which somebody says why a pull failed. */
export type Heard = Pick<Evidence, 'describe' | 'events'>;

/** The steps whose readings many pods can share. */
export interface Readers {
  readonly events: typeof collectEvents;
  readonly node: typeof collectNode;
  readonly registry: typeof collectRegistry;
  readonly rollout: (cluster: Cluster, pod: RawPod) => Promise<Rollout | undefined>;
}

export const alone: Readers = { events: collectEvents, node: collectNode, registry: collectRegistry, rollout: rolloutOfFailing };

/**
 * The playbook but for its probe, which is decided on what this finds: describe, events, spec, secrets, registry, node. Each read begins as
 * soon as what it needs is known. Never throws: a step that fails says so in its outcome.
 */
export async function collect(cluster: Cluster, subject: Subject, options: CollectOptions, readers: Readers = alone): Promise<Evidence> {
  const pod = podFacts(subject.pod, subject.owner);
  const rolloutRead = readers.rollout(cluster, subject.pod);
  const shortOfDiskRead = nodesShortOfDisk(cluster, subject.pod);
  const eventsRead = readers.events(cluster, pod);
  const describeRead = describePod(cluster, subject.pod, eventsRead);
  const heard = Promise.all([describeRead, eventsRead]);
  const containersRead = heard.then(([step, events]) => [...containersOf(step), ...sandboxOf(events)]);
  heard.then(([describe, events]) => options.heard?.({ describe, events }));
  const specRead = collectSpec(cluster, subject.pod, containersRead);
  const imagesRead = specRead.then((step) => (step.outcome === 'done' ? step.facts.images : []));
  const secretsRead = collectSecrets(cluster, pod.namespace, pullSecretsOf(subject.pod), imagesRead);
  const nodeObject = pod.node === null ? null : cluster.get<RawNode>(nodePath(pod.node));
  const platformRead = platformOf(nodeObject);
  const nodeRead = imagesOf(subject.pod, describeRead).then((images) => nodeStep(withNode(cluster, pod, nodeObject), pod, images, readers));

  const [events, describe, spec, containers, images] = await Promise.all([eventsRead, describeRead, specRead, containersRead, imagesRead]);
  const { step: secrets, credentials, loginsFor } = await secretsRead;
  const suspects = images.filter((image) => isSuspect(containers, image));
  const registry = await readers.registry(suspects, credentials, platformRead, {
    enabled: options.registry,
    timeoutMilliseconds: options.leftMilliseconds(),
    signal: options.signal,
    registryCa: options.registryCa,
    env: options.env,
    loginsFor,
    proposals: async () => proposalSources(cluster, subject.pod, await nodeRead, secrets, loginsFor),
  });
  const rollout = await rolloutRead;
  const shortOfDisk = await shortOfDiskRead;
  return {
    apiVersion: 'imagepull/v1',
    kind: 'PullEvidence',
    collectedAt: options.now().toISOString(),
    ...(cluster.reachedBy && { reachedBy: cluster.reachedBy }),
    pod: { ...pod, ...foundWith(subject), ...(rollout && { rollout }), ...(shortOfDisk && { shortOfDisk }) },
    describe: describe.outcome === 'done' ? { ...describe, facts: { containers } } : describe,
    events,
    spec,
    secrets,
    registry,
    probe: { outcome: 'skipped', milliseconds: 0, reason: 'not decided yet' },
    node: await withPlatforms(cluster, await nodeRead, registry),
  };
}

/** What the search for the pod told of it. */
function foundWith({ standsFor, nodesApart, heldUp }: Subject): Pick<PodFacts, 'standsFor' | 'nodesApart' | 'heldUp'> {
  return { ...(standsFor > 1 && { standsFor }), ...(nodesApart && { nodesApart }), ...(heldUp && { heldUp }) };
}

/** What the images lack is mostly known from the pod's status alone; the node is asked after the events only where it is not. */
async function imagesOf(pod: RawPod, describe: Promise<Step<DescribeFacts>>): Promise<readonly ContainerFacts[]> {
  const stated = readContainers(pod);
  return stated.some(({ pull }) => pull === 'unknown') ? containersOf(await describe) : stated;
}

/** The revisions of a workload are read where a pod of it fails. */
async function rolloutOfFailing(cluster: Cluster, pod: RawPod): Promise<Rollout | undefined> {
  return readContainers(pod).some(({ pull }) => pull === 'failing') ? rolloutOf(cluster, pod) : undefined;
}

function nodeStep(cluster: Cluster, pod: PodFacts, containers: readonly ContainerFacts[], readers: Readers): Promise<Step<NodeFacts>> {
  if (pod.node === null) return Promise.resolve({ outcome: 'skipped', milliseconds: 0, reason: 'the pod has no node yet' });
  return readers.node(cluster, pod.node, pod, containers);
}

function containersOf(step: Step<DescribeFacts>): readonly ContainerFacts[] {
  return step.outcome === 'done' ? step.facts.containers : [];
}

/** null: the node does not say, may not be read, or there is none. */
async function platformOf(nodeObject: Promise<RawNode> | null): Promise<Platform | null> {
  try {
    const [node] = nodeObject === null ? [] : nodePlatform(await nodeObject);
    return node?.platform ?? null;
  } catch {
    return null;
  }
}

/** The node's object is asked for once: for its own step, and for the registry's, which need not wait for the rest of it. */
function withNode(cluster: Cluster, { node }: PodFacts, object: Promise<RawNode> | null): Cluster {
  if (node === null || object === null) return cluster;
  const get: Cluster['get'] = <T>(path: string, query?: Query, options?: GetOptions) =>
    path === nodePath(node) ? (object as Promise<T>) : cluster.get<T>(path, query, options);
  return { ...cluster, server: cluster.server, namespace: cluster.namespace, get };
}

/**
 * An image that the registry is worth asking about: its pull failed, is under way or waits for an init container, or what was pulled ended
 * as it started. What is named `localhost` without a port was made on the node; with one it is the node's own registry, and not this
 * workstation's.
 */
function isSuspect(containers: readonly ContainerFacts[], image: ImageSpec): boolean {
  const container = containers.find((container) => container.container === image.container && container.kind === image.kind);
  if (container === undefined || isOwnRegistry(image.reference?.registry ?? '')) return false;
  return (
    container.pull === 'failing' || container.pull === 'pulling' || container.log !== null || blockedBy(container, containers) !== null
  );
}
