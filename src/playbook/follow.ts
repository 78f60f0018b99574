import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type Cluster, type Query } from '../cluster/cluster.ts';
import type { RawList } from './kubernetes.ts';

/** Between two lists where watching is not possible, and between two watches. */
const pause = 500;

/**
 * Hands on every object of a collection as it is and whenever it changes, until the signal aborts. A watch that ends is begun again; who may list but not
 * watch is served by listing. Failures are borne in silence: what cannot be seen does not come.
 */
export async function follow<T>(
  cluster: Cluster,
  path: string,
  query: Query,
  signal: AbortSignal,
  see: (object: T) => void,
): Promise<void> {
  let canWatch = true;
  while (!signal.aborted) {
    try {
      if (canWatch) for await (const { type, object } of cluster.watch<T>(path, query, signal)) type !== 'ERROR' && see(object);
      else for (const object of (await cluster.get<RawList<T>>(path, query)).items ?? []) see(object);
    } catch (error) {
      if (error instanceof ApiError && (error.code === 403 || error.code === 405)) canWatch = false;
    }
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
}
