import { type Json, object } from './fields.ts';
import { isSavedKind, kindOf, type SavedKind } from './kinds.ts';
import { type SavedObject, slim } from './slim.ts';
import { newestTime } from './times.ts';

/** So many objects are kept; further ones are counted. */
const mostObjects = 400_000;

/** The objects of a file that bear on pulls, each once: a dump may hold a pod in a list and by itself. */
export class SavedObjects {
  readonly #byKind = new Map<SavedKind, Map<string, SavedObject>>();
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
    this.see(newestTime(item, this.#now));
    const kept = slim(kind, item);
    if (kept === null || isOfNoPull(kind, kept)) return true;
    this.put(kind, detached(kept));
    return true;
  }

  put(kind: SavedKind, kept: SavedObject): void {
    const all = this.#byKind.get(kind) ?? new Map<string, SavedObject>();
    this.#byKind.set(kind, all);
    const key = keyOf(kept.metadata.namespace, kept.metadata.name);
    if (!all.has(key) && this.#kept >= mostObjects) {
      this.dropped++;
      return;
    }
    if (!all.has(key)) this.#kept++;
    all.set(key, kept);
  }

  /** Takes note of a time, in milliseconds, at which the file was still being lived in. */
  see(time: number): void {
    if (time > this.#newest) this.#newest = time;
  }

  get(kind: SavedKind, namespace: string | undefined, name: string): SavedObject | undefined {
    return this.#byKind.get(kind)?.get(keyOf(namespace, name));
  }

  /** @param namespace undefined: of all */
  all(kind: SavedKind, namespace?: string): readonly SavedObject[] {
    const all = [...(this.#byKind.get(kind)?.values() ?? [])];
    return namespace === undefined ? all : all.filter(({ metadata }) => metadata.namespace === namespace);
  }

  get hasPods(): boolean {
    return (this.#byKind.get('Pod')?.size ?? 0) > 0;
  }

  get isEmpty(): boolean {
    return this.#kept === 0;
  }

  /** The file's own time: the newest that it tells of; the run's where it tells of none. */
  get time(): Date {
    return new Date(Number.isFinite(this.#newest) ? this.#newest : this.#now);
  }
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

/** A text that was cut out of another keeps all of that alive. */
function detached(kept: SavedObject): SavedObject {
  return JSON.parse(JSON.stringify(kept)) as SavedObject;
}
