import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import { describeError } from '../../cluster/errors.ts';

/**
 * Whether a namespace exists in which no pod was seen: a misspelt name must not pass for one where all is well.
 * @returns null: it does; else what stood in the way of knowing
 * @throws ApiError (404) where it does not
 */
export async function checkNamespace(cluster: Cluster, namespace: string): Promise<string | null> {
  // The API server makes it, and it cannot be deleted.
  if (namespace === 'default') return null;
  try {
    await cluster.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`);
    return null;
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) throw error;
    return describeError(error);
  }
}
