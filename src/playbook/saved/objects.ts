import type { DescribedPod } from './describe/pod.ts';
import { type Json, object } from './fields.ts';
import { isSavedKind, kindOf, type SavedKind } from './kinds.ts';
import { type SavedObject, slim } from './slim.ts';
import { isPlausible, newestTime } from './times.ts';

/** So many objects are kept; further ones are counted. */
const mostObjects = 400_000;

/**
 * The objects of a file that bear on pulls, each once: a dump may hold a pod in a list and by itself. They are held as text, a third of
 * what objects take, for of many thousand pods few are looked at twice.
 */
export class SavedObjects {
  readonly #byKind = new Map<SavedKind, Map<string, string>>();
  /** The events of an object, by its uid. */
  readonly #events = new Map<string, string[]>();
  readonly #now: number;
  #newest = Number.NEGATIVE_INFINITY;
  #kept = 0;
  /** Objects that were not kept for want of room. */
  dropped = 0;

  /** @param now the run's time: what a file says of a later one is passed over */
  constructor(now: Date) {
    this.#now = now.getTime();
  }

  /** @param listKind that of the list that it stood in. @returns whether it is an object of the API that matters */
  add(item: Json, listKind?: string): boolean {
    const kind = kindOf(item, listKind);
    if (kind === null) return false;
    const newest = newestTime(item, this.#now);
    this.see(newest);
    const kept = slim(kind, item);
    if (kept === null || isOfNoPull(kind, kept)) return true;
    this.#put(kind, Number.isFinite(newest) ? { ...kept, newest } : kept);
    return true;
  }

  /**
   * A pod of which only a text for people is there, and the events in it: they are let go where the file has its object, or a newer text.
   */
  addDescribed({ pod, events }: DescribedPod): void {
    const time = Date.parse(String(pod.time));
    this.see(time);
    if (!this.#put('Pod', { ...pod, newest: time })) return;
    for (const event of events) this.#put('Event', event);
  }

  /** Of several copies the best is kept. @returns whether this one is */
  #put(kind: SavedKind, kept: SavedObject): boolean {
    const all = this.#byKind.get(kind) ?? new Map<string, string>();
    this.#byKind.set(kind, all);
    const key = keyOf(kept.metadata.namespace, kept.metadata.name);
    const known = this.#at(kind, key);
    if (known === undefined) {
      if (this.#kept >= mostObjects) {
        this.dropped++;
        return false;
      }
      this.#kept++;
    } else {
      if (!isBetter(kept, known)) return false;
      if (known.origin === 'describe') this.#dropEventsOf(known.metadata.uid);
    }
    all.set(key, JSON.stringify(kept));
    if (known === undefined && kind === 'Event') this.#index(key, String(object(kept.involvedObject).uid ?? ''));
    return true;
  }

  #dropEventsOf(uid: string): void {
    for (const key of this.#events.get(uid) ?? []) if (this.#byKind.get('Event')?.delete(key)) this.#kept--;
    this.#events.delete(uid);
  }

  #index(key: string, uid: string): void {
    const known = this.#events.get(uid);
    if (known) known.push(key);
    else this.#events.set(uid, [key]);
  }

  /** Takes note of a time, in milliseconds, at which the file was still being lived in; one that is yet to come is passed over. */
  see(time: number): void {
    if (time > this.#newest && isPlausible(time, this.#now)) this.#newest = time;
  }

  get(kind: SavedKind, namespace: string | undefined, name: string): SavedObject | undefined {
    return this.#at(kind, keyOf(namespace, name));
  }

  #at(kind: SavedKind, key: string): SavedObject | undefined {
    const text = this.#byKind.get(kind)?.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as SavedObject);
  }

  /**
   * One after the other: none is held here.
   * @param namespace undefined: of all
   * @param containing only such whose JSON has this text in it: to pass over many quickly
   */
  *each(kind: SavedKind, namespace?: string, containing?: string): Generator<SavedObject> {
    for (const [key, text] of this.#byKind.get(kind) ?? []) {
      if (namespace !== undefined && !key.startsWith(`${namespace}/`)) continue;
      if (containing === undefined || text.includes(containing)) yield JSON.parse(text) as SavedObject;
    }
  }

  has(kind: SavedKind, namespace?: string): boolean {
    return !this.each(kind, namespace).next().done;
  }

  /** The events about an object. */
  eventsOf(uid: string): readonly SavedObject[] {
    return (this.#events.get(uid) ?? []).flatMap((key) => this.#at('Event', key) ?? []);
  }

  get isEmpty(): boolean {
    return this.#kept === 0;
  }

  /** The file's own time: the newest that it tells of; the run's where it tells of none. */
  get time(): Date {
    return new Date(Number.isFinite(this.#newest) ? this.#newest : this.#now);
  }
}

/**
 * An object tells more than a text; of two, the newer holds: by its resource version where both are states of one object, else by its
 * times.
 */
function isBetter(one: SavedObject, other: SavedObject): boolean {
  if ((one.origin === 'describe') !== (other.origin === 'describe')) return other.origin === 'describe';
  const [version, before] = [one, other].map(({ metadata }) => Number(metadata.resourceVersion));
  if (one.metadata.uid === other.metadata.uid && version && before && version !== before) return version > before;
  return Number(one.newest ?? 0) >= Number(other.newest ?? 0);
}

/** Events about pods, nodes and what makes pods; the others are many. */
function isOfNoPull(kind: SavedKind, kept: SavedObject): boolean {
  if (kind !== 'Event') return false;
  const about = object(kept.involvedObject).kind;
  return typeof about !== 'string' || !isSavedKind(about);
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
