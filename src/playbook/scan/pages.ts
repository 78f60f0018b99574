import { ApiError, type Cluster, type Query } from '../../cluster/cluster.ts';

/** A list, or a Table, as the API serves it in pages. */
export interface RawPage {
  readonly metadata?: {
    readonly continue?: string;
    /** Absent where a selector was given. */
    readonly remainingItemCount?: number;
  };
}

/** How often a list is begun anew because its pages expired and the server did not say where to go on. */
const mostRestarts = 3;

/**
 * The pages of a collection, one after the other: none is held here. Where a page expires before it is asked for (410 Gone, after five
 * minutes by default) the list goes on at the server's inconsistent continuation, else anew: an object may then come twice.
 * @throws ApiError, ConnectionError
 */
export async function* pages<Page extends RawPage>(cluster: Cluster, path: string, query: Query, accept?: string): AsyncGenerator<Page> {
  const options = accept === undefined ? {} : { accept };
  let next: string | undefined;
  let restarts = 0;
  do {
    let page: Page;
    try {
      page = await cluster.get<Page>(path, { ...query, continue: next }, options);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 410 || restarts++ >= mostRestarts) throw error;
      next = error.continueToken ?? undefined;
      continue;
    }
    yield page;
    next = page.metadata?.continue || undefined;
    if (next === undefined) return;
  } while (true);
}
