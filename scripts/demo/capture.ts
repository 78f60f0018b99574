// Captures the demo's cluster from the lab: `node scripts/demo/capture.ts` with KUBECONFIG set to a lab in which workloads.yaml was
// applied some minutes ago. Writes cluster/*.json. The Secrets in it are the lab's, and open nothing.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { captured, documents } from './resources.ts';

const namespace = 'shop';
const target = new URL('cluster/', import.meta.url);

const get = <T>(path: string): T =>
  JSON.parse(execFileSync('kubectl', ['get', '--raw', path], { encoding: 'utf8', maxBuffer: 1 << 26 })) as T;
const save = (name: string, value: unknown) => writeFileSync(new URL(name, target), `${JSON.stringify(value, null, 1)}\n`);

interface Captured {
  metadata: { name: string; managedFields?: unknown; annotations?: Record<string, string> };
}

/** Without what no reader of the demo needs: who wrote which field, and the manifest as it was applied. */
function trimmed(item: Captured): Captured {
  delete item.metadata.managedFields;
  delete item.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration'];
  return item;
}

mkdirSync(target, { recursive: true });
save('captured.json', { at: new Date().toISOString() });
for (const resource of captured) {
  const { items } = get<{ items: Captured[] }>(`/${resource.at}/${resource.namespaced ? `namespaces/${namespace}/` : ''}${resource.name}`);
  const kept = items.filter((item) => resource.name !== 'namespaces' || item.metadata.name === namespace);
  save(`${resource.name}.json`, kept.map(trimmed));
}

const nodes = get<{ items: Captured[] }>('/api/v1/nodes').items.map((node) => node.metadata.name);
const summaries = nodes.map((name) => [name, { ...get<object>(`/api/v1/nodes/${name}/proxy/stats/summary`), pods: [] }] as const);
save('stats-summary.json', Object.fromEntries(summaries));

const found = documents.map((path) => [path, get<{ groups?: { name: string }[] }>(path)] as const);
for (const [, document] of found) document.groups = document.groups?.filter((group) => ['apps', 'batch'].includes(group.name));
save('documents.json', Object.fromEntries(found));
