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

/** The pods in the file, one after the other; where it holds none at all, those that its events tell of. */
export function* savedPods(objects: SavedObjects, { namespace, selector, node }: SavedScope): Generator<SavedPod> {
  const found: Iterable<unknown> = objects.has('Pod') ? objects.each('Pod', namespace) : eventPods(objects);
  for (const pod of found as Iterable<SavedPod>) {
    const { metadata, spec } = pod;
    const isInScope = (namespace === undefined || metadata.namespace === namespace) && (node === undefined || spec.nodeName === node);
    if (isInScope && hasLabels(selector, metadata.labels)) yield pod;
  }
}

/** Those of which a pull fails, or seems to: by their status, or where it is silent by their events. In the order of their names. */
export function failingPods(objects: SavedObjects, scope: SavedScope): readonly SavedPod[] {
  const failing: SavedPod[] = [];
  for (const pod of savedPods(objects, scope)) if (isSuspicious(objects, pod)) failing.push(pod);
  const key = ({ metadata }: SavedPod) => `${metadata.namespace}/${metadata.name}`;
  return failing.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function isSuspicious(objects: SavedObjects, pod: SavedPod): boolean {
  if (pod.origin !== 'events' && !isWanted(pod, pod.time === undefined ? objects.time : new Date(pod.time))) return false;
  const { uid, namespace } = pod.metadata;
  const events = objects.has('Event', namespace)
    ? new Map([[uid, objects.eventsOf(uid) as readonly unknown[] as readonly RawEvent[]]])
    : null;
  return relevant([pod], events).length > 0;
}
