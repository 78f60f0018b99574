import type { Cluster } from '../../cluster/cluster.ts';
import type { NamespaceState } from '../../values/check.ts';
import type { Reading, SpecFacts, Step } from '../../values/evidence.ts';
import { fieldsOf } from '../../values/json-object.ts';
import { type Json, text } from '../json.ts';
import { read } from '../step.ts';

/** The namespaces that manifests would make. */
export function namespacesIn(objects: readonly Json[]): ReadonlySet<string> {
  return new Set(objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? (text(fieldsOf(metadata).name) ?? []) : [])));
}

/** What was asked for is not there. */
export function isMissing(reading: Reading<unknown>): boolean {
  return 'obstacle' in reading && reading.obstacle.kind === 'not-found';
}

/** Each namespace is looked up once, and only where something in it is missing. null: it is there, or that is not to be known. */
export function namespaceStates(cluster: Cluster, planned: ReadonlySet<string>): (namespace: string) => Promise<NamespaceState | null> {
  const known = new Map<string, Promise<NamespaceState | null>>();
  const ask = async (namespace: string): Promise<NamespaceState | null> => {
    const found = await read('get namespaces', () => cluster.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`));
    if (!isMissing(found)) return null;
    return planned.has(namespace) ? 'planned' : 'missing';
  };
  return (namespace) => {
    const answer = known.get(namespace) ?? ask(namespace);
    known.set(namespace, answer);
    return answer;
  };
}

/** A new namespace gets its service account `default` by itself, without pull secrets. */
export function withEmptyAccount(spec: Step<SpecFacts>): Step<SpecFacts> {
  if (spec.outcome !== 'done') return spec;
  return { ...spec, facts: { ...spec.facts, serviceAccount: { value: { name: 'default', pullSecrets: [] } } } };
}
