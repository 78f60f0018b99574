import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import { pluginName } from '../../values/plugin-name.ts';
import { kubectlPlugin } from '../../words/kubectl.ts';
import type { RawPod, RawWorkload } from '../kubernetes.ts';
import { list } from '../list.ts';
import { nearNames } from './near-names.ts';
import { quietly } from './quietly.ts';
import { namespaced } from './workload.ts';

export function isNotFound(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 404;
}

/** kubectl's line about a pod that does not exist, and what may have been meant. */
export async function podNotFound(error: ApiError, cluster: Cluster, namespace: string, name: string): Promise<string> {
  const pods = quietly(async () => (await list<RawPod>(cluster, namespaced('/api/v1', namespace, 'pods'), {}, { cap: 1000 })).items);
  const namesakes = quietly(async () => (await list<RawPod>(cluster, '/api/v1/pods', { fieldSelector: `metadata.name=${name}` })).items);
  const elsewhere = (await namesakes).map(({ metadata }) => metadata.namespace ?? 'default');
  return [notFoundLine(error), ...didYouMean(name, await pods, namespace), ...existsIn(elsewhere, name, cluster)].join('\n');
}

/** The same about a workload. @param others those of its type */
export async function workloadNotFound(
  error: ApiError,
  namespace: string,
  name: string,
  others: () => Promise<readonly RawWorkload[]>,
): Promise<string> {
  return [notFoundLine(error), ...didYouMean(name, await quietly(others), namespace)].join('\n');
}

/** As kubectl prints it (pkg/cmd/util/helpers.go). */
function notFoundLine(error: ApiError): string {
  return `Error from server (${error.reason ?? 'NotFound'}): ${error.message}`;
}

function didYouMean(
  name: string,
  others: readonly { readonly metadata: { readonly name: string } }[],
  namespace: string,
): readonly string[] {
  const near = nearNames(
    name,
    others.map(({ metadata }) => metadata.name),
  );
  return near.length === 0 ? [] : [`Similar names in namespace ${namespace}: ${near.join(', ')}`];
}

function existsIn(namespaces: readonly string[], name: string, { reachedBy }: Cluster): readonly string[] {
  return namespaces.slice(0, 3).map((namespace) => {
    const why = kubectlPlugin(reachedBy, pluginName, 'why', name, '-n', namespace);
    return `A pod of this name exists in namespace ${namespace}: ${why}`;
  });
}
