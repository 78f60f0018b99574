import type { Cluster } from '../../cluster/cluster.ts';
import type { Json } from './pod-specs.ts';

const plurals: Readonly<Record<string, string>> = { Secret: 'secrets', ServiceAccount: 'serviceaccounts' };

/** The cluster as it will be once these objects are applied: its Secrets and service accounts are theirs first. */
export function plannedCluster(cluster: Cluster, objects: readonly Json[]): Cluster {
  const planned = new Map(objects.flatMap((object) => pathOf(object, cluster.namespace).map((path) => [path, asServed(object)] as const)));
  return {
    ...cluster,
    server: cluster.server,
    namespace: cluster.namespace,
    get: <T>(...question: Parameters<Cluster['get']>) => {
      const object = planned.get(question[0]);
      return object ? Promise.resolve(object as T) : cluster.get<T>(...question);
    },
  };
}

function pathOf({ kind, metadata }: Json, namespace: string): readonly string[] {
  const plural = plurals[String(kind)];
  const { name, namespace: own } = (metadata ?? {}) as { readonly name?: unknown; readonly namespace?: unknown };
  if (plural === undefined || typeof name !== 'string') return [];
  return [`/api/v1/namespaces/${encodeURIComponent(typeof own === 'string' ? own : namespace)}/${plural}/${encodeURIComponent(name)}`];
}

/** The API server turns `stringData` into `data`. */
function asServed(object: Json): Json {
  const plain = object.stringData;
  if (typeof plain !== 'object' || plain === null) return object;
  const encoded = Object.entries(plain).map(([key, value]) => [key, Buffer.from(String(value)).toString('base64')]);
  return { ...object, data: { ...(object.data as object | undefined), ...Object.fromEntries(encoded) } };
}
