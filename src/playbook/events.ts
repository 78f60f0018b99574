import type { Cluster } from '../cluster/cluster.ts';
import type { EventsFacts, PodEvent, Step } from '../values/evidence.ts';
import type { RawEvent } from './kubernetes.ts';
import { list } from './list.ts';
import { shorten } from './shorten.ts';
import { runStep } from './step.ts';

/** All events of this pod: chosen by uid, so that those of an earlier pod of the same name stay out. */
export function collectEvents(cluster: Cluster, pod: { readonly namespace: string; readonly uid: string }): Promise<Step<EventsFacts>> {
  return runStep(`list events in namespace ${pod.namespace}`, async () => {
    const path = `/api/v1/namespaces/${encodeURIComponent(pod.namespace)}/events`;
    const { items } = await list<RawEvent>(cluster, path, { fieldSelector: `involvedObject.uid=${pod.uid}` });
    return eventsFacts(items);
  });
}

/** The events of one pod, however they were read. */
export function eventsFacts(items: readonly RawEvent[]): EventsFacts {
  const events = readEvents(items);
  return { events, sandboxImage: sandboxImage(events) };
}

/** Reads raw events and puts them into the order of their last occurrence; the API lists them in the order of their names. */
function readEvents(items: readonly RawEvent[]): readonly PodEvent[] {
  return items
    .map((raw) => ({ raw, event: readEvent(raw) }))
    .sort((a, b) => Date.parse(a.event.last) - Date.parse(b.event.last) || compareWritten(a.raw, b.raw))
    .map(({ event }) => event);
}

/** Event times have whole seconds; within one, the resource version (a number in practice) tells what was written last. */
function compareWritten(a: RawEvent, b: RawEvent): number {
  const difference = Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion);
  return Number.isNaN(difference) ? 0 : difference;
}

/** The times of an event, in the order in which Kubernetes' two event APIs fill them (core/v1 Event). */
export function readEvent(raw: RawEvent): PodEvent {
  const created = raw.metadata.creationTimestamp ?? '';
  const message = raw.message ?? '';
  return {
    name: raw.metadata.name,
    type: raw.type ?? '',
    reason: raw.reason ?? '',
    message: shorten(message),
    container: containerOf(raw.involvedObject?.fieldPath),
    image: quotedImage(message),
    count: raw.series?.count ?? raw.count ?? 1,
    first: raw.firstTimestamp ?? raw.eventTime ?? created,
    last: raw.series?.lastObservedTime ?? raw.lastTimestamp ?? raw.eventTime ?? raw.firstTimestamp ?? created,
    from: raw.source?.component || raw.reportingComponent || '',
  };
}

/** `spec.containers{app}` → `app` (pkg/kubelet/container/ref.go). */
function containerOf(fieldPath: string | undefined): string | null {
  return /^spec\.(?:containers|initContainers|ephemeralContainers)\{(.+)\}$/.exec(fieldPath ?? '')?.[1] ?? null;
}

const imageMessage =
  /^(?:\(combined from similar events\): )?(?:Pulling image|Successfully pulled image|Container image|Failed to pull image|Back-off pulling image|Failed to inspect image|Failed to apply default image tag) ("(?:[^"\\]|\\.)*")/;

/** The image that a kubelet's message about images (pkg/kubelet/images) quotes first, or null. */
export function quotedImage(message: string): string | null {
  const quoted = imageMessage.exec(message)?.[1];
  if (quoted === undefined) return null;
  return unquote(quoted) || null;
}

/** Go's %q is JSON's quoting for all that a name of an image can hold. */
function unquote(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}

const sandboxPulls = [
  /failed to get sandbox image "([^"]+)"/, // containerd
  /failed pulling image "([^"]+)"/, // cri-dockerd
  /docker:\/\/([^\s"]+?)[:,]?(?:\s|$)/, // CRI-O
];

/** Events which show that a sandbox was made after all: the kubelet goes on to the containers only then. */
const afterSandbox = new Set(['Pulling', 'Pulled', 'Created', 'Started']);

/** The image of the sandbox, where the newest word on it is that its pull failed. */
function sandboxImage(events: readonly PodEvent[]): string | null {
  const failure = events.findLastIndex((event) => event.reason === 'FailedCreatePodSandBox');
  if (failure < 0 || events.slice(failure + 1).some((event) => afterSandbox.has(event.reason))) return null;
  const message = events[failure]?.message ?? '';
  return sandboxPulls.map((pattern) => pattern.exec(message)?.[1]).find((image) => image !== undefined) ?? null;
}
