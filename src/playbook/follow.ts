import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type Cluster, type Query } from '../cluster/cluster.ts';
import type { RawList, RawMeta } from './kubernetes.ts';

/** Milliseconds between two watches, and between two lists where watching is not possible. */
const pause = 500;
/** The pause after a failure doubles up to this, in milliseconds. */
const longestPause = 10_000;

/**
 * The server is asked to end a watch after this many seconds, and it is given up a little later: a connection that died without a word is
 * noticed then.
 */
const watchSeconds = 290;
const grace = 15;

/** What client-go's metadata client asks for (meta.k8s.io/v1). */
const metadata = { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' };
const metadataList = { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' };

export interface FollowOptions<T> {
  /** An object that is no more, as it was last. */
  gone?(object: T): void;
  /**
   * Whatever changes from now on will be told. Called again where the connection was lost or the server's memory did not reach back:
   * something may have been missed.
   * @param all the objects that were listed; none where only changes are wanted
   */
  stands?(all: readonly T[]): void;
  /** Nothing is heard until `stands` is called again. Not called where the server may be read but not watched. */
  lost?(error: unknown): void;
  /** Only changes are wanted: the collection as it is now, which may be large, is not read. */
  readonly changesOnly?: boolean;
  /** Of the objects, e.g. of Secrets, no more than their metadata is asked for. */
  readonly metadataOnly?: boolean;
  /** Between two lists where watching is not allowed. Milliseconds. */
  readonly pollMilliseconds?: number;
}

/**
 * Hands on every object of a collection as it is and whenever it changes, until the signal aborts: a list, then a watch from there, with
 * bookmarks (Kubernetes API Concepts, Efficient detection of changes). A watch that the server ends is gone on with; after a failure, or
 * where its resource version has expired (410), the collection is listed anew. Who may list but not watch is served by listing. Never
 * throws.
 */
export async function follow<T>(
  cluster: Cluster,
  path: string,
  query: Query,
  signal: AbortSignal,
  see: (object: T) => void,
  options: FollowOptions<T> = {},
): Promise<void> {
  const { gone, stands, lost, changesOnly = false, metadataOnly = false, pollMilliseconds = pause } = options;
  let from: string | undefined;
  let mayWatch = true;
  let stood = false;
  let failures = 0;

  async function list(): Promise<void> {
    const page = await cluster.get<RawList<T>>(path, { ...query, ...(changesOnly && { limit: 1 }) }, metadataOnly ? metadataList : {});
    if (signal.aborted) return;
    const all = changesOnly ? [] : (page.items ?? []);
    for (const object of all) see(object);
    from = page.metadata?.resourceVersion ?? '';
    stood = true;
    stands?.(all);
  }

  async function watch(): Promise<void> {
    const limit = AbortSignal.timeout((watchSeconds + grace) * 1000);
    const asked = { ...query, resourceVersion: from || undefined, allowWatchBookmarks: true, timeoutSeconds: watchSeconds };
    for await (const { type, object } of cluster.watch<T>(path, asked, AbortSignal.any([signal, limit]), metadataOnly ? metadata : {})) {
      failures = 0;
      from = (object as { readonly metadata?: RawMeta }).metadata?.resourceVersion ?? from;
      if (type === 'DELETED') gone?.(object);
      else if (type === 'ADDED' || type === 'MODIFIED') see(object);
    }
    failures = 0;
    if (limit.aborted) from = undefined;
  }

  while (!signal.aborted) {
    let wait = pause;
    try {
      if (from === undefined || !mayWatch) await list();
      if (mayWatch) await watch();
      else wait = pollMilliseconds;
    } catch (error) {
      const expired = error instanceof ApiError && error.code === 410;
      const mayNot =
        error instanceof ApiError && (error.code === 405 || error.code === 403) && from !== undefined && mayWatch && failures === 0;
      from = undefined;
      if (mayNot) mayWatch = false;
      else if (!expired) {
        wait = Math.min(longestPause, pause * 2 ** failures++) * (0.8 + 0.4 * Math.random());
        if (stood) lost?.(error);
      }
    }
    await sleep(wait, undefined, { signal }).catch(() => {});
  }
}
