import type { RawEvent, RawPod } from '../kubernetes.ts';
import { isWanted } from '../scan/find-pods.ts';
import { relevant } from '../scan/silent.ts';
import { eventPods } from './event-pods.ts';
import type { SavedObjects } from './objects.ts';
import { hasLabels } from './selectors.ts';

/** A pod as the file tells of it. `origin` and `time` are there where it was no object of the API. */
export interface SavedPod extends RawPod {
  readonly origin?: 'describe' | 'events';
  /** When the text was made. */
  readonly time?: string;
}

export interface SavedScope {
  /** undefined: all. */
  readonly namespace: string | undefined;
  readonly selector?: string | undefined;
  readonly node?: string | undefined;
}

/** The pods in the file; where it holds none at all, those that its events tell of. In the order of their names. */
export function savedPods(objects: SavedObjects, { namespace, selector, node }: SavedScope): readonly SavedPod[] {
  const objectsOrEvents = objects.hasPods ? objects.all('Pod') : eventPods(objects);
  const pods = (objectsOrEvents as unknown as readonly SavedPod[]).filter(
    ({ metadata, spec }) =>
      (namespace === undefined || metadata.namespace === namespace) &&
      (node === undefined || spec.nodeName === node) &&
      hasLabels(selector, metadata.labels),
  );
  const key = ({ metadata }: SavedPod) => `${metadata.namespace}/${metadata.name}`;
  return pods.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Those of which a pull fails, or seems to: by their status, or where it is silent by their events. */
export function failingPods(objects: SavedObjects, pods: readonly SavedPod[]): readonly SavedPod[] {
  const events = new Map<string, RawEvent[]>();
  for (const event of objects.all('Event') as unknown as readonly RawEvent[]) {
    const uid = event.involvedObject?.uid ?? '';
    const known = events.get(uid);
    if (known) known.push(event);
    else events.set(uid, [event]);
  }
  const isOfEvents = pods[0]?.origin === 'events';
  const wanted = isOfEvents ? pods : pods.filter((pod) => isWanted(pod, pod.time === undefined ? objects.time : new Date(pod.time)));
  return relevant(wanted, events.size === 0 ? null : events) as readonly SavedPod[];
}
