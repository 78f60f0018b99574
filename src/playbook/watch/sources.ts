import type { Cluster, Query } from '../../cluster/cluster.ts';
import { follow } from '../follow.ts';
import type { RawMeta } from '../kubernetes.ts';
import type { Signature } from './signature.ts';

/** A collection whose changes may change a report. */
export interface Source {
  readonly path: string;
  readonly query: Query;
  readonly metadataOnly?: boolean;
  /** The collection may be large: only what changes is read. */
  readonly changesOnly?: boolean;
  /** That an object is gone is no news, as of events, which expire. */
  readonly expires?: boolean;
  readonly signature: Signature<never>;
}

export interface Listeners {
  /** Something changed, or may have while nothing was heard. */
  changed(): void;
  /** The connection of a source is lost; said again at each attempt that fails. */
  lost(error: unknown): void;
  /** That of none is lost any more. */
  recovered(): void;
}

export interface Sources {
  /** Follows these from now on, and no others. */
  use(sources: readonly Source[]): void;
}

/** Milliseconds. */
const pollMilliseconds = 15_000;

/**
 * Follows collections side by side and says when something in them changed that matters.
 * @param every milliseconds between two lists where watching is not allowed
 */
export function followSources(
  cluster: Cluster,
  signal: AbortSignal,
  { changed, lost, recovered }: Listeners,
  every = pollMilliseconds,
): Sources {
  const followed = new Map<string, AbortController>();
  /** What matters of a collection may change while it is followed. */
  const current = new Map<string, Source>();
  const silent = new Set<string>();

  function begin(key: string, source: Source): void {
    const over = new AbortController();
    followed.set(key, over);
    const known = new Map<string, string>();
    let isNew = true;
    const signature = (object: unknown) => current.get(key)?.signature(object as never) ?? null;
    const see = (object: { readonly metadata: RawMeta }) => {
      const { uid } = object.metadata;
      const now = signature(object);
      const before = known.get(uid) ?? null;
      if (before === now) return;
      if (now === null) known.delete(uid);
      else known.set(uid, now);
      changed();
    };
    const heard = () => {
      if (silent.delete(key) && silent.size === 0) recovered();
    };
    void follow<{ readonly metadata: RawMeta }>(cluster, source.path, source.query, AbortSignal.any([signal, over.signal]), see, {
      gone(object) {
        const mattered = known.delete(object.metadata.uid) || signature(object) !== null;
        if (mattered && !source.expires) changed();
      },
      stands(all) {
        heard();
        const listed = new Set(all.map(({ metadata }) => metadata.uid));
        const gone = [...known.keys()].filter((uid) => !listed.has(uid));
        for (const uid of gone) known.delete(uid);
        // Of what was not listed anything may have changed.
        if (isNew || source.changesOnly || (gone.length > 0 && !source.expires)) changed();
        isNew = false;
      },
      lost(error) {
        known.clear();
        isNew = true;
        silent.add(key);
        lost(error);
      },
      pollMilliseconds: every,
      changesOnly: source.changesOnly ?? false,
      metadataOnly: source.metadataOnly ?? false,
    });
    over.signal.addEventListener('abort', heard, { once: true });
  }

  return {
    use(sources) {
      const wanted = new Map(sources.map((source) => [JSON.stringify([source.path, source.query]), source]));
      for (const [key, over] of followed) {
        if (wanted.has(key)) continue;
        followed.delete(key);
        current.delete(key);
        over.abort();
      }
      for (const [key, source] of wanted) {
        current.set(key, source);
        if (!followed.has(key)) begin(key, source);
      }
    },
  };
}
