import type { Cluster, GetOptions, Query } from '../../cluster/cluster.ts';
import { turns } from '../../values/turns.ts';

/** The most requests that are under way at a time. */
const inFlight = 10;

/**
 * The same cluster for many pods at once: at most ten requests are under way, the others wait their turn. Answers that many pods ask for
 * are remembered for the run. Retry-After is honoured below this, while the request keeps its turn, so that an API server that asks for
 * time gets it.
 */
export function sharingCluster(cluster: Cluster): Cluster {
  const turn = turns(inFlight);
  const remembered = new Map<string, Promise<unknown>>();

  function get<T>(path: string, query?: Query, options?: GetOptions): Promise<T> {
    const ask = () => turn(() => cluster.get<T>(path, query, options));
    if (!isShared(path)) return ask();
    const key = JSON.stringify([path, query ?? null]);
    const answer = remembered.get(key) ?? ask();
    remembered.set(key, answer);
    return answer as Promise<T>;
  }
  return {
    ...cluster,
    server: cluster.server,
    namespace: cluster.namespace,
    get,
    getText: (path, query, limit) => turn(() => cluster.getText(path, query, limit)),
  };
}

/**
 * Single objects, the names of a namespace's pull secrets, and the events of a node. Lists of pods and of their events are read once and
 * let go.
 */
function isShared(path: string): boolean {
  return /\/(?:secrets|serviceaccounts|nodes|jobs|replicasets)\/|\/secrets$|\/namespaces\/default\/events$/.test(path);
}
