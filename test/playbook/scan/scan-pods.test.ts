import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawEvent, RawPod } from '../../../src/playbook/kubernetes.ts';
import type { Progress } from '../../../src/playbook/scan/find-pods.ts';
import { scanPods } from '../../../src/playbook/scan/scan-pods.ts';
import { type Answer, type Asked, apiServer, columns, row } from './api.ts';

const now = new Date('2026-10-05T12:00:00Z');

type State = { readonly waiting?: { readonly reason: string; readonly message?: string }; readonly running?: object };

const running: State = { running: {} };
const waiting = (reason: string): State => ({ waiting: { reason } });

function pod(name: string, phase: string, states: readonly State[], more: object = {}): RawPod {
  const names = states.map((_, i) => `c${i}`);
  return {
    metadata: { name, namespace: 'shop', uid: `uid-${name}`, creationTimestamp: '2026-10-05T11:00:00Z', ...more },
    spec: { nodeName: 'node1', containers: names.map((name) => ({ name, image: `r.example.com/${name}:1` })) },
    status: { phase, containerStatuses: states.map((state, i) => ({ name: `c${i}`, state })) },
  };
}

const failing = pod('failing', 'Pending', [waiting('ImagePullBackOff')]);
const sidecar = pod('sidecar', 'Running', [running, waiting('ErrImagePull')]);
const creating = pod('creating', 'Pending', [waiting('ContainerCreating')]);
const sandbox = pod('sandbox', 'Pending', [waiting('ContainerCreating')]);
const leaving = pod('leaving', 'Pending', [waiting('ImagePullBackOff')], { deletionTimestamp: '2026-10-05T11:59:00Z' });
const crashing = pod('crashing', 'Running', [waiting('CrashLoopBackOff'), waiting('CrashLoopBackOff')]);
const debugged: RawPod = {
  ...pod('debugged', 'Running', [running]),
  spec: {
    nodeName: 'node1',
    containers: [{ name: 'c0', image: 'a' }],
    ephemeralContainers: [{ name: 'debugger', image: 'r.example.com/tools:none' }],
  },
  status: {
    phase: 'Running',
    containerStatuses: [{ name: 'c0', state: running }],
    ephemeralContainerStatuses: [{ name: 'debugger', state: waiting('ImagePullBackOff') }],
  },
};

function event(of: RawPod, reason: string, fieldPath?: string): RawEvent {
  const { name, namespace, uid } = of.metadata;
  return {
    metadata: { name: `${name}.${reason}`, namespace: namespace ?? '', uid: '' },
    reason,
    involvedObject: { name, uid, ...(fieldPath && { fieldPath }) },
  };
}

/** An API server that prints tables, as all since 1.10. */
function cluster({ path, query, accept }: Asked): Answer {
  const fields = query.get('fieldSelector') ?? '';
  const objects = (items: readonly RawPod[]) => ({ body: { metadata: {}, items } });
  if (path.endsWith('/events')) {
    const events = [
      event(sandbox, 'FailedCreatePodSandBox'),
      event(creating, 'FailedMount'),
      event(debugged, 'BackOff', 'spec.ephemeralContainers{debugger}'),
    ];
    return { body: { metadata: {}, items: events } };
  }
  if (path.endsWith('/pods/debugged')) return { body: debugged };
  if (accept.includes('as=Table')) {
    if (query.get('limit') === '1')
      return { body: { kind: 'Table', metadata: { remainingItemCount: 8 }, rows: [row('a', '1/1', 'Running')] } };
    const first = query.get('continue') === null;
    const rows = first
      ? [row('healthy', '1/1', 'Running'), row('sidecar', '1/2', 'ErrImagePull')]
      : [row('crashing', '0/2', 'CrashLoopBackOff')];
    return { body: { kind: 'Table', columnDefinitions: columns, metadata: first ? { continue: 'more' } : {}, rows } };
  }
  if (fields.startsWith('status.phase=Pending')) return objects([failing, creating, sandbox, leaving]);
  if (fields.startsWith('metadata.name=sidecar')) return objects([sidecar]);
  if (fields.startsWith('metadata.name=crashing')) return objects([crashing]);
  return objects([]);
}

async function scanning(answer: (asked: Asked) => Answer, scope = {}) {
  const api = await apiServer(answer);
  const shown: Progress[] = [];
  try {
    const all = { namespace: null, selector: undefined, node: undefined, ...scope };
    const { pods } = await scanPods(api.cluster, all, now, (progress) => shown.push(progress));
    return { names: pods.map(({ metadata }) => metadata.name), shown, log: api.log };
  } finally {
    api.stop();
  }
}

test('pods that fail are found wherever they hide, and no others', async () => {
  const { names } = await scanning(cluster);
  assert.deepEqual(names, ['debugged', 'failing', 'sandbox', 'sidecar']);
});

test('pods that run are read as rows without objects; only suspicious ones are read, by name and node, from the cache', async () => {
  const { log } = await scanning(cluster);
  const tables = log.filter(({ query }) => query.has('includeObject'));
  assert.ok(tables.every(({ query }) => query.get('includeObject') === 'None'));
  const single = log.filter(({ query }) => query.get('fieldSelector')?.startsWith('metadata.name='));
  assert.deepEqual(single.map(({ query }) => [query.get('fieldSelector'), query.get('resourceVersion')]).sort(), [
    ['metadata.name=crashing,spec.nodeName=node1', '0'],
    ['metadata.name=sidecar,spec.nodeName=node1', '0'],
  ]);
});

test('progress counts what was seen, of all', async () => {
  const { shown } = await scanning(cluster);
  assert.equal(shown.at(-1)?.seen, 7);
  assert.equal(Math.max(...shown.map(({ of }) => of ?? 0)), 9);
});

test('namespace, selector and node are the server’s to choose by', async () => {
  const { log } = await scanning(cluster, { namespace: 'shop', selector: 'team=a', node: 'node1' });
  const lists = log.filter(({ path, query }) => path === '/api/v1/namespaces/shop/pods' && query.has('limit'));
  assert.ok(lists.length >= 3);
  for (const { query } of lists) {
    assert.equal(query.get('labelSelector'), 'team=a');
    assert.match(query.get('fieldSelector') ?? '', /spec\.nodeName=node1$/);
  }
});

test('a server that serves no tables is read all the same', async () => {
  const { names } = await scanning(({ path }) =>
    path.endsWith('/events') ? { code: 403, body: {} } : { body: { items: [failing, sidecar, crashing, leaving] } },
  );
  assert.deepEqual(names, ['failing', 'sidecar']);
});

test('who may not list pods is told so', async () => {
  const message = 'pods is forbidden: User "dev" cannot list resource "pods" in API group "" at the cluster scope';
  await assert.rejects(
    scanning(() => ({ code: 403, body: { kind: 'Status', code: 403, reason: 'Forbidden', message } })),
    { message },
  );
});
