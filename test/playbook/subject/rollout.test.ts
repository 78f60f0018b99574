import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { RawPod } from '../../../src/playbook/kubernetes.ts';
import { rolloutOf } from '../../../src/playbook/subject/rollout.ts';
import { templateChanges } from '../../../src/playbook/subject/template-changes.ts';
import { FakeApi, type Stored } from '../fake-api.ts';

const template = (image: string, more: object = {}) => ({ spec: { containers: [{ name: 'app', image }], ...more } });
const owned = (kind: string, uid: string) => [{ apiVersion: 'apps/v1', kind, name: 'x', uid, controller: true }];

const pod = (kind: string, uid: string, labels: Record<string, string> = {}, name = 'web-1'): RawPod & Stored => ({
  metadata: { name, namespace: 'shop', uid: name, labels, ownerReferences: owned(kind, uid) },
  spec: { containers: [{ name: 'app' }] },
});

async function start(t: TestContext): Promise<FakeApi> {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  return api;
}

function sets(api: FakeApi, key = 'deployment.kubernetes.io/revision', more: Record<string, string> = {}): void {
  const set = (name: string, revision: string, image: string, owner = 'deployment') => ({
    metadata: {
      name,
      uid: name,
      creationTimestamp: `2026-03-01T10:${revision.padStart(2, '0')}:00Z`,
      annotations: { [key]: revision, ...more },
      ownerReferences: owned('Deployment', owner),
    },
    spec: { template: template(image) },
    status: { replicas: 4, readyReplicas: 3 },
  });
  const made = [set('two', '2', 'app:2'), set('ten', '10', 'app:10'), set('nine', '9', 'app:9'), set('other', '59', 'other:1', 'another')];
  api.put('/apis/apps/v1/namespaces/shop/replicasets', ...made);
}

test('a pod of a Deployment: its revision, since when, what that changed, and the one before', async (t) => {
  const api = await start(t);
  sets(api);
  assert.deepEqual(await rolloutOf(api.cluster(), pod('ReplicaSet', 'ten')), {
    newest: true,
    previous: { revision: 9, images: { app: 'app:9' }, pullSecrets: [], ready: 3, pods: 4 },
    revision: 10,
    since: '2026-03-01T10:10:00Z',
    changes: [{ what: 'image', container: 'app', before: 'app:9', after: 'app:10' }],
  });
  const older = await rolloutOf(api.cluster(), pod('ReplicaSet', 'nine'));
  assert.equal(older?.newest, false);
  assert.deepEqual(older?.changes, [{ what: 'image', container: 'app', before: 'app:2', after: 'app:9' }]);
  const first = await rolloutOf(api.cluster(), pod('ReplicaSet', 'other'));
  assert.deepEqual([first?.previous, first?.changes], [null, undefined]);
  assert.equal(await rolloutOf(api.cluster(), pod('Job', 'x')), undefined);
  api.refuse('GET', /replicasets/, 403, 'Forbidden', 'forbidden');
  assert.equal(await rolloutOf(api.cluster(), pod('ReplicaSet', 'ten')), undefined);
});

test('an Argo Rollout numbers its ReplicaSets itself; one that was rolled back to was not made then', async (t) => {
  const api = await start(t);
  sets(api, 'rollout.argoproj.io/revision', { 'rollout.argoproj.io/revision-history': '1' });
  const found = await rolloutOf(api.cluster(), pod('ReplicaSet', 'ten'));
  assert.deepEqual([found?.revision, found?.previous?.revision, found?.since], [10, 9, undefined]);
});

for (const [kind, label] of [
  ['StatefulSet', (name: string) => name],
  ['DaemonSet', (name: string) => name.replace('db-', '')],
  ['CloneSet', (name: string) => name],
] as const) {
  test(`a ${kind}: its ControllerRevisions, and the pods of the one before by their label`, async (t) => {
    const api = await start(t);
    const revision = (name: string, number: number, image: string) => ({
      metadata: { name, uid: name, creationTimestamp: '2026-03-01T10:00:00Z', ownerReferences: owned(kind, 'db') },
      revision: number,
      data: { spec: { template: template(image) } },
    });
    api.put('/apis/apps/v1/namespaces/shop/controllerrevisions', revision('db-5a', 1, 'db:1'), revision('db-6b', 2, 'db:2'));
    const labelled = (name: string) => ({ 'controller-revision-hash': label(name) });
    const ready = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
    const pods = [
      { ...pod(kind, 'db', labelled('db-5a'), 'db-0'), ...ready },
      pod(kind, 'db', labelled('db-5a'), 'db-1'),
      pod(kind, 'else', labelled('db-5a'), 'e'),
    ];
    api.put('/api/v1/namespaces/shop/pods', ...pods);
    const found = await rolloutOf(api.cluster(), pod(kind, 'db', labelled('db-6b')));
    assert.deepEqual(found?.previous, { revision: 1, images: { app: 'db:1' }, pullSecrets: [], ready: 1, pods: 2 });
    assert.deepEqual(found?.changes, [{ what: 'image', container: 'app', before: 'db:1', after: 'db:2' }]);
    assert.equal(await rolloutOf(api.cluster(), pod(kind, 'db')), undefined, 'a pod that does not say which revision made it');
    api.refuse('GET', /pods$/, 403, 'Forbidden', 'forbidden');
    const unseen = await rolloutOf(api.cluster(), pod(kind, 'db', labelled('db-6b')));
    assert.deepEqual([unseen?.previous?.ready, unseen?.previous?.pods], [null, undefined]);
  });
}

test('what a template changes that bears on pulling, and nothing else', () => {
  const before = {
    spec: {
      containers: [
        { name: 'app', image: 'app:1', imagePullPolicy: 'IfNotPresent' },
        { name: 'log', image: 'log:1', env: [] },
      ],
      imagePullSecrets: [{ name: 'regcred' }],
      nodeSelector: { b: '2', a: '1' },
    },
  };
  const after = {
    spec: {
      containers: [
        { name: 'app', image: 'app:1', imagePullPolicy: 'Always' },
        { name: 'log', image: 'log:1' },
        { name: 'new', image: 'new:1', imagePullPolicy: 'Always' },
      ],
      serviceAccountName: 'robot',
      nodeSelector: { a: '1', b: '2' },
    },
  };
  assert.deepEqual(templateChanges(before, after), [
    { what: 'pullPolicy', container: 'app', before: 'IfNotPresent', after: 'Always' },
    { what: 'image', container: 'new', before: null, after: 'new:1' },
    { what: 'pullSecrets', before: 'regcred', after: null },
    { what: 'serviceAccount', before: null, after: 'robot' },
  ]);
  assert.deepEqual(templateChanges(after, after), []);
});

test('ReplicaSets that carry no revision, as those of an own kind, are no revision 0', async (t) => {
  const api = await start(t);
  sets(api, 'example.com/other');
  assert.equal(await rolloutOf(api.cluster(), pod('ReplicaSet', 'ten')), undefined);
});
