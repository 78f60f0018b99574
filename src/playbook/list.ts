import type { Cluster, Query } from '../cluster/cluster.ts';
import type { RawList } from './kubernetes.ts';

export interface Listed<T> {
  readonly items: readonly T[];
  /** Whether the list ended before the cap did. */
  readonly complete: boolean;
}

/**
 * Lists page by page, at most `cap` objects. A later page that fails, for whatever reason (a continue token that expired, 410 Gone, is the
 * usual one), ends the list early, as does the deadline: what was read stays useful.
 * @param deadline a value of performance.now() after which no further page is asked for
 * @throws ApiError, ConnectionError where the first page fails
 */
export async function list<T>(
  cluster: Cluster,
  path: string,
  query: Query,
  { pageSize = 500, cap = 2000, deadline = Number.POSITIVE_INFINITY } = {},
): Promise<Listed<T>> {
  const items: T[] = [];
  let next: string | undefined;
  do {
    const page = await nextPage<T>(cluster, path, { ...query, limit: Math.min(pageSize, cap - items.length), continue: next });
    if (page === null) return { items, complete: false };
    items.push(...(page.items ?? []));
    next = page.metadata?.continue || undefined;
  } while (next && items.length < cap && performance.now() < deadline);
  return { items, complete: !next };
}

async function nextPage<T>(cluster: Cluster, path: string, query: Query): Promise<RawList<T> | null> {
  if (!query.continue) return await cluster.get<RawList<T>>(path, query);
  try {
    return await cluster.get<RawList<T>>(path, query);
  } catch {
    return null;
  }
}
