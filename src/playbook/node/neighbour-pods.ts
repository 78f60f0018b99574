import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import { toObstacle } from '../../cluster/errors.ts';
import type { Obstacle } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { list } from '../list.ts';
import { namespaced } from '../subject/workload.ts';

/** Pods on other nodes are paged through for no longer (milliseconds), and no further, than this. */
const patience = 3000;
const mostPods = 5000;

/** Pods to compare with. `cut`: there are more. `namespace`: only its pods could be listed, for what `unlisted` says. */
export interface NeighbourPods {
  readonly pods: readonly RawPod[];
  readonly cut: boolean;
  readonly namespace: string | null;
  readonly unlisted?: Obstacle;
}

/** All pods of this node, and of the others as many as can be read at once; who may not list them all learns of this namespace. */
export async function neighbourPods(cluster: Cluster, nodeName: string, namespace: string): Promise<NeighbourPods> {
  const limits = { cap: mostPods, deadline: performance.now() + patience };
  try {
    const lists = await Promise.all(
      ['=', '!='].map((operator) =>
        list<RawPod>(cluster, '/api/v1/pods', { fieldSelector: `spec.nodeName${operator}${nodeName}` }, limits),
      ),
    );
    return { pods: lists.flatMap(({ items }) => items), cut: lists.some(({ complete }) => !complete), namespace: null };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 403) throw error;
    const { items, complete } = await list<RawPod>(cluster, namespaced('/api/v1', namespace, 'pods'), {}, limits);
    return { pods: items, cut: !complete, namespace, unlisted: toObstacle(error, 'list pods in all namespaces') };
  }
}
