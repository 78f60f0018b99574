import type { Cluster, GetOptions, Query } from '../../cluster/cluster.ts';
import type { RawPod } from '../kubernetes.ts';
import { isProbePod } from './pod.ts';

/** A connection that notices, among the pods which are listed anyway, those that an earlier run may have left behind. */
export interface Noticing {
  readonly cluster: Cluster;
  /** Whether a probe pod was seen in this namespace. */
  hasSeen(namespace: string): boolean;
}

export function noticingProbePods(cluster: Cluster): Noticing {
  const seen = new Set<string>();
  const get: Cluster['get'] = async <T>(path: string, query?: Query, options?: GetOptions) => {
    const answer = await cluster.get<T>(path, query, options);
    if (path.endsWith('/pods')) {
      const { items = [] } = answer as { readonly items?: readonly RawPod[] };
      for (const pod of items) if (pod.metadata && isProbePod(pod)) seen.add(pod.metadata.namespace ?? '');
    }
    return answer;
  };
  return {
    cluster: { ...cluster, server: cluster.server, namespace: cluster.namespace, get },
    hasSeen: (namespace) => seen.has(namespace),
  };
}
