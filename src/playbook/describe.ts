import type { Cluster } from '../cluster/cluster.ts';
import type { ContainerFacts, DescribeFacts, EventsFacts, PodEvent, Step } from '../values/evidence.ts';
import { concerns } from '../values/pull-event.ts';
import type { RawPod } from './kubernetes.ts';
import { readContainers } from './pod/containers.ts';
import { shorten } from './shorten.ts';
import { runStep } from './step.ts';

/** Container times have whole seconds: one that failed at once shows at most this. */
const atOnce = 1000;
const logBytes = 4096;

/**
 * The state of every image of the pod. `ContainerCreating` alone does not tell a pull from a volume or the network, so the events have
 * their say.
 * @param events the step that reads them, which may still be under way
 */
export function describePod(cluster: Cluster, pod: RawPod, events: Promise<Step<EventsFacts>>): Promise<Step<DescribeFacts>> {
  return runStep(`get pods/log in namespace ${pod.metadata.namespace}`, async () => {
    const containers = Promise.all(readContainers(pod).map((container) => withLog(cluster, pod, container)));
    const seen = await events;
    const known = seen.outcome === 'done' ? seen.facts.events : null;
    return { containers: settlePulls(await containers, known, isSandboxReady(pod)) };
  });
}

/**
 * Since 1.29 the kubelet says when the sandbox and its network stand: what is left to do then is pulling (condition
 * PodReadyToStartContainers).
 */
function isSandboxReady(pod: RawPod): boolean {
  const ready = pod.status?.conditions?.find((condition) => condition.type === 'PodReadyToStartContainers');
  return ready?.status === 'True';
}

/**
 * Decides, by the newest event of each image, what the status leaves open.
 * @param events null: they could not be read
 */
export function settlePulls(
  containers: readonly ContainerFacts[],
  events: readonly PodEvent[] | null,
  sandboxReady: boolean,
): readonly ContainerFacts[] {
  return containers.map((container) => {
    if (container.pull !== 'unknown') return container;
    const newest = events?.findLast((event) => tellsState(event, container) && event.reason in stateAfter);
    if (newest) return { ...container, pull: stateAfter[newest.reason] ?? 'unknown' };
    const queued = sandboxReady && container.waiting?.reason === 'ContainerCreating' && container.imageId === null;
    return queued ? { ...container, pull: 'pulling' } : container;
  });
}

/** What an event leaves behind; a container with a failure of its own says so in its status, an image volume only here. */
const stateAfter: Readonly<Record<string, ContainerFacts['pull']>> = {
  Pulling: 'pulling',
  Pulled: 'pulled',
  Created: 'pulled',
  Started: 'pulled',
  Failed: 'failing',
  BackOff: 'failing',
  InspectFailed: 'failing',
  ErrImageNeverPull: 'failing',
};

/** A pull's events name the image; `Created` and `Started` name the container alone. */
function tellsState(event: PodEvent, container: ContainerFacts): boolean {
  return concerns(event, container) && (event.image !== null || event.reason === 'Created' || event.reason === 'Started');
}

/** An image for another platform starts and ends at once: only its log says why. */
async function withLog(cluster: Cluster, pod: RawPod, container: ContainerFacts): Promise<ContainerFacts> {
  return endedAtOnce(container) ? { ...container, log: await readFormatError(cluster, pod, container) } : container;
}

/**
 * The line of a container's log that says that its program is none for this platform; null: there is none, or it may not be read. It alone
 * is kept, for logs hold secrets.
 */
export async function readFormatError(cluster: Cluster, pod: RawPod, container: ContainerFacts): Promise<string | null> {
  const { namespace = 'default', name } = pod.metadata;
  const query = { container: container.container, tailLines: 5, limitBytes: logBytes, previous: container.running || undefined };
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log`;
  try {
    return formatError(await cluster.getText(path, query, logBytes));
  } catch {
    return null;
  }
}

/** With a failure of its own, not for want of memory. */
export function endedAtOnce({ terminated }: ContainerFacts): boolean {
  if (!terminated || terminated.exitCode === 0 || terminated.reason === 'OOMKilled') return false;
  return terminated.ranMilliseconds !== null && terminated.ranMilliseconds >= 0 && terminated.ranMilliseconds <= atOnce;
}

function formatError(log: string): string | null {
  const line = log.split('\n').findLast((line) => /exec format error|cannot execute binary file/i.test(line));
  return line === undefined ? null : shorten(line.trim(), 500);
}
