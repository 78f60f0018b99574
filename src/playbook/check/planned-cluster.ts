import type { Cluster } from '../../cluster/cluster.ts';
import { toObstacle } from '../../cluster/errors.ts';
import { fieldsOf } from '../../values/json-object.ts';
import { type Json, text } from '../json.ts';
import { applied, needsLive } from './applied.ts';

const plurals: Readonly<Record<string, string>> = { Secret: 'secrets', ServiceAccount: 'serviceaccounts' };

/**
 * The cluster as it will be once these objects are applied: its Secrets and service accounts are theirs, with what `kubectl apply` leaves
 * of those that are there.
 */
export function plannedCluster(cluster: Cluster, objects: readonly Json[]): Cluster {
  const planned = new Map(objects.flatMap((object) => pathOf(object, cluster.namespace).map((path) => [path, object] as const)));
  return {
    ...cluster,
    server: cluster.server,
    namespace: cluster.namespace,
    get: async <T>(...question: Parameters<Cluster['get']>) => {
      const object = planned.get(question[0]);
      if (!object) return cluster.get<T>(...question);
      return applied(object, needsLive(object) ? await live(() => cluster.get<Json>(...question)) : null) as T;
    },
  };
}

function pathOf({ kind, metadata }: Json, namespace: string): readonly string[] {
  const plural = plurals[String(kind)];
  const { name, namespace: own } = fieldsOf(metadata);
  if (plural === undefined || typeof name !== 'string') return [];
  return [`/api/v1/namespaces/${encodeURIComponent(text(own) ?? namespace)}/${plural}/${encodeURIComponent(name)}`];
}

/** null: it is not there yet. @throws where it may not be read: then it is not known what will be there. */
async function live(get: () => Promise<Json>): Promise<Json | null> {
  try {
    return await get();
  } catch (error) {
    if (toObstacle(error, '').kind === 'not-found') return null;
    throw error;
  }
}
