import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import { describeError } from '../../cluster/errors.ts';
import { nodePath } from '../node/kubelet.ts';

/**
 * Whether a namespace exists in which no pod was seen: a misspelt name must not pass for one where all is well.
 * @returns null: it does; else what stood in the way of knowing
 * @throws ApiError (404) where it does not
 */
export async function checkNamespace(cluster: Cluster, namespace: string): Promise<string | null> {
  // The API server makes it, and it cannot be deleted.
  return namespace === 'default' ? null : check(cluster, `/api/v1/namespaces/${encodeURIComponent(namespace)}`);
}

/** The same of a node on which no pod was seen. */
export function checkNode(cluster: Cluster, node: string): Promise<string | null> {
  return check(cluster, nodePath(node));
}

async function check(cluster: Cluster, path: string): Promise<string | null> {
  try {
    await cluster.get(path);
    return null;
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) throw error;
    return describeError(error);
  }
}
