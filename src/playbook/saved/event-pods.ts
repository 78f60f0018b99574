import { quotedImage } from '../events.ts';
import type { RawEvent } from '../kubernetes.ts';
import { namePrefix } from '../probe/pod.ts';
import type { SavedObjects } from './objects.ts';
import type { SavedObject } from './slim.ts';

type AboutPod = RawEvent & { readonly involvedObject?: { readonly kind?: string; readonly namespace?: string } };

/** `spec.initContainers{setup}` */
const path = /^spec\.(containers|initContainers|ephemeralContainers)\{(.+)\}$/;

/**
 * The pods that events tell of, where the file holds events alone: their names, nodes, and the containers and images that the kubelet
 * named. Nothing else of them is known.
 */
export function eventPods(objects: SavedObjects): readonly SavedObject[] {
  const byPod = new Map<string, AboutPod[]>();
  for (const event of objects.each('Event') as Iterable<unknown> as Iterable<AboutPod>) {
    if (event.involvedObject?.kind !== 'Pod') continue;
    const uid = event.involvedObject.uid ?? '';
    const known = byPod.get(uid);
    if (known) known.push(event);
    else byPod.set(uid, [event]);
  }
  return [...byPod].flatMap(([uid, events]) => podOf(uid, events) ?? []);
}

function podOf(uid: string, events: readonly AboutPod[]): SavedObject | null {
  const { name, namespace = 'default' } = events[0]?.involvedObject ?? {};
  const images = new Map<string, { field: string; name: string; image: string }>();
  for (const event of events) {
    const [, field, container] = path.exec(event.involvedObject?.fieldPath ?? '') ?? [];
    const image = quotedImage(event.message ?? '');
    if (field && container && image !== null) images.set(`${field}/${container}`, { field, name: container, image });
  }
  if (name === undefined || images.size === 0 || name.startsWith(namePrefix)) return null;
  const of = (wanted: string) => [...images.values()].flatMap(({ field, name, image }) => (field === wanted ? [{ name, image }] : []));
  const created = events.flatMap((event) => event.firstTimestamp ?? event.eventTime ?? []).sort()[0];
  return {
    origin: 'events',
    metadata: { name, namespace, uid, ...(created !== undefined && { creationTimestamp: created }) },
    spec: {
      ...nodeOf(events),
      containers: of('containers'),
      initContainers: of('initContainers'),
      ephemeralContainers: of('ephemeralContainers'),
    },
    status: { phase: 'Unknown' },
  };
}

function nodeOf(events: readonly AboutPod[]): { readonly nodeName?: string } {
  const nodeName = events.find(({ source }) => source?.component === 'kubelet' && source.host)?.source?.host;
  return nodeName === undefined ? {} : { nodeName };
}
