import type { Cluster } from '../../cluster/cluster.ts';
import type { RawEvent, RawPod } from '../kubernetes.ts';
import { pullSecretsOf } from '../spec.ts';
import type { Target } from '../subject/subject.ts';
import { getWorkload, namespaced, selectorText, workloadsPath } from '../subject/workload.ts';
import { eventSignature, metaSignature, podSignature, type Signature, workloadSignature } from './signature.ts';
import type { Source } from './sources.ts';

/** Pull secrets that are followed, each by its name: the right to watch all Secrets is not needed. */
const mostSecrets = 10;

/** Which pods a target has: a query for the pods of its namespace. */
export async function podsQuery(cluster: Cluster, namespace: string, target: Target): Promise<{ readonly [name: string]: string }> {
  if (target.type === 'pod') return { fieldSelector: `metadata.name=${target.name}` };
  if (target.type === 'cronjob') return { labelSelector: 'job-name' };
  // Of a type that only the server knows, all pods of the namespace are followed.
  if (target.type === 'other') return {};
  const { spec } = await getWorkload(cluster, namespace, target.type, target.name);
  const labelSelector = selectorText(spec?.selector);
  return labelSelector === undefined ? {} : { labelSelector };
}

/** What a report on these pods depends on: they and their events, the workload, and what the newest of them pulls with. */
export function whySources(namespace: string, target: Target, query: Source['query'], pods: readonly RawPod[]): readonly Source[] {
  const uids = new Set(pods.map(({ metadata }) => metadata.uid));
  const ofThese: Signature<RawEvent> = (event) => (uids.has(event.involvedObject?.uid ?? '') ? eventSignature(event) : null);
  const secrets = [...new Set(pods.flatMap(pullSecretsOf))].slice(0, mostSecrets);
  const accounts = [...new Set(pods.map(({ spec }) => spec.serviceAccountName || 'default'))];
  const named = (plural: string) => (name: string) => ({
    path: namespaced('/api/v1', namespace, plural),
    query: { fieldSelector: `metadata.name=${name}` },
    metadataOnly: true,
    signature: metaSignature,
  });
  return [
    { path: namespaced('/api/v1', namespace, 'pods'), query, signature: podSignature },
    ...eventSources(namespace, pods, ofThese),
    ...(target.type === 'pod' || target.type === 'other'
      ? []
      : [
          {
            path: workloadsPath(namespace, target.type),
            query: { fieldSelector: `metadata.name=${target.name}` },
            signature: workloadSignature,
          },
        ]),
    ...secrets.map(named('secrets')),
    ...accounts.map(named('serviceaccounts')),
  ];
}

/** Those of one pod are asked for by its uid; of several, all about pods are, and sorted out here. */
function eventSources(namespace: string, pods: readonly RawPod[], signature: Signature<RawEvent>): readonly Source[] {
  const path = namespaced('/api/v1', namespace, 'events');
  const [only] = pods;
  if (only === undefined) return [];
  const fieldSelector = pods.length === 1 ? `involvedObject.uid=${only.metadata.uid}` : 'involvedObject.kind=Pod';
  return [{ path, query: { fieldSelector }, signature, expires: true, changesOnly: pods.length > 1 }];
}
