import type { Cluster } from '../../cluster/cluster.ts';
import { connect } from '../../cluster/connect.ts';
import { loadKubeconfig } from '../../cluster/kubeconfig/load.ts';
import type { RawPod, RawWorkload } from '../../playbook/kubernetes.ts';
import { objectPath } from '../../playbook/subject/owner-chain.ts';
import type { Target } from '../../playbook/subject/subject.ts';
import { namespaced, workloadsPath } from '../../playbook/subject/workload.ts';
import { type Table, tableType } from '../../playbook/table.ts';
import type { Words } from '../argv.ts';
import { connectionFlags } from '../connection-flags.ts';
import type { Io } from '../io.ts';
import { readTarget } from '../target.ts';
import { typedFlags } from '../typed-flags.ts';
import { isUsageError } from '../usage-error.ts';
import type { Candidate } from './candidates.ts';
import { targetTypes, type Wanted } from './complete.ts';
import { pullSecrets, tableCandidates } from './table.ts';

/** More names than anybody reads; the server sorts by name. */
const rowLimit = 5_000;

/**
 * Names from the kubeconfig, or from the cluster by one request.
 * @param io whose signal ends the wait
 * @throws whatever stands in the way
 */
export async function names(wanted: Wanted, words: Words, prefix: string, io: Io): Promise<readonly Candidate[]> {
  const flags = connectionFlags(typedFlags(words));
  if (wanted.what === 'contexts' || wanted.what === 'clusters' || wanted.what === 'users') {
    return [...loadKubeconfig(flags.kubeconfig, io.env)[wanted.what].keys()].sort().map((word) => ({ word }));
  }
  const cluster = await connect(flags, { env: io.env, stderr: () => {}, isTTY: false, signal: io.signal });
  try {
    return await ask(cluster, wanted, words.command === 'why', prefix);
  } finally {
    cluster.close();
  }
}

async function ask(cluster: Cluster, wanted: Wanted, podsByName: boolean, prefix: string): Promise<readonly Candidate[]> {
  switch (wanted.what) {
    case 'namespaces':
      return rows(cluster, '/api/v1/namespaces');
    case 'nodes':
      return rows(cluster, '/api/v1/nodes');
    case 'pullSecrets':
      return pullSecrets(await table(cluster, namespaced('/api/v1', cluster.namespace, 'secrets')));
    case 'serviceAccounts':
      return rows(cluster, namespaced('/api/v1', cluster.namespace, 'serviceaccounts'));
    case 'names':
      return ofType(cluster, wanted.type);
    case 'containers':
      return containers(cluster, wanted.operands);
    case 'targets': {
      const [type = '', ...name] = prefix.split('/');
      if (name.length > 0) return (await ofType(cluster, type)).map((candidate) => ({ ...candidate, word: `${type}/${candidate.word}` }));
      return [...(podsByName ? await ofType(cluster, 'pod') : []), ...targetTypes];
    }
    default:
      return [];
  }
}

/** @param typed in any spelling that kubectl takes */
async function ofType(cluster: Cluster, typed: string): Promise<readonly Candidate[]> {
  const target = readTarget([typed, 'any'], '');
  const path = isUsageError(target) ? null : await collectionOf(cluster, target);
  return path === null ? [] : rows(cluster, path);
}

async function rows(cluster: Cluster, path: string): Promise<readonly Candidate[]> {
  return tableCandidates(await table(cluster, path));
}

/** What the server would print of them: no contents. */
function table(cluster: Cluster, path: string): Promise<Table> {
  return cluster.get<Table>(path, { includeObject: 'None', limit: rowLimit }, { accept: tableType });
}

async function containers(cluster: Cluster, operands: readonly string[]): Promise<readonly Candidate[]> {
  const target = readTarget(operands, '');
  const path = isUsageError(target) ? null : await collectionOf(cluster, target);
  return isUsageError(target) || path === null ? [] : containersOf(await cluster.get(`${path}/${encodeURIComponent(target.name)}`));
}

/** Of a pod, a workload's template, or a CronJob's. */
function containersOf({ spec }: (RawPod | RawWorkload) & { readonly spec?: PodSpecs }): readonly Candidate[] {
  const pod = spec?.jobTemplate?.spec?.template?.spec ?? spec?.template?.spec ?? spec;
  return [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])].map(({ name, image }) => ({ word: name, description: image }));
}

interface PodSpecs {
  readonly containers?: readonly { readonly name: string; readonly image?: string }[];
  readonly initContainers?: PodSpecs['containers'];
  readonly template?: { readonly spec?: PodSpecs };
  readonly jobTemplate?: { readonly spec?: { readonly template?: { readonly spec?: PodSpecs } } };
}

/** Where the objects of this type are; null: the server has none such. */
async function collectionOf(cluster: Cluster, target: Target): Promise<string | null> {
  const { namespace } = cluster;
  if (target.type === 'pod') return namespaced('/api/v1', namespace, 'pods');
  if (target.type !== 'other') return workloadsPath(namespace, target.type);
  const { findType } = await import('../../playbook/subject/other-workload.ts');
  const found = await findType(cluster, target.resource);
  return found && objectPath(found.resource, namespace, '');
}
