import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { findSubjects, SubjectError } from '../../../src/playbook/subject/subject.ts';
import { selectorText, type WorkloadType } from '../../../src/playbook/subject/workload.ts';
import { FakeApi, type Stored } from '../fake-api.ts';
import { pod, running, waiting } from '../objects.ts';

const pods = '/api/v1/namespaces/shop/pods';
const apps = '/apis/apps/v1/namespaces/shop';
let api: FakeApi;
beforeEach(async () => {
  api = await FakeApi.start();
});
afterEach(() => api.stop());

const selector = { matchLabels: { app: 'web' } };
const labels = { app: 'web', 'pod-template-hash': '7d4b8c6f9b' };

function object(name: string, uid: string, parts: Record<string, unknown> = {}, meta: Record<string, unknown> = {}): Stored {
  return { metadata: { name, uid, namespace: 'shop', ...meta }, spec: { selector }, ...parts };
}

function controlled(kind: string, name: string, uid: string) {
  return { ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid, controller: true }] };
}

function deployment(...revisions: number[]): void {
  api.put(`${apps}/deployments`, object('web', 'd1'));
  for (const revision of revisions) {
    const annotations = { 'deployment.kubernetes.io/revision': String(revision) };
    const meta = { labels, annotations, ...controlled('Deployment', 'web', 'd1') };
    api.put(`${apps}/replicasets`, object(`web-${revision}`, `rs${revision}`, {}, meta));
  }
}

const replica = (name: string, revision: number, parts: Parameters<typeof pod>[0] = {}) =>
  pod({ name, labels, owner: { kind: 'ReplicaSet', name: `web-7d4b8c6f9b`, uid: `rs${revision}` }, ...parts });

const failing = (text: string) => waiting('ErrImagePull', text);

async function summary(type: 'pod' | WorkloadType, name = 'web') {
  const subjects = await findSubjects(api.cluster(), 'shop', { type, name });
  return subjects.map(({ pod, owner, standsFor }) => [pod.metadata.name, owner && `${owner.kind}/${owner.name}`, standsFor]);
}

test('a pod by name, with its Deployment, in one request', async () => {
  api.put(pods, replica('web-7d4b8c6f9b-xyz12', 1));
  assert.deepEqual(await summary('pod', 'web-7d4b8c6f9b-xyz12'), [['web-7d4b8c6f9b-xyz12', 'Deployment/web', 1]]);
  assert.deepEqual(api.log, [`GET ${pods}/web-7d4b8c6f9b-xyz12`]);
});

test('a ReplicaSet that is not of a Deployment, an unknown kind and no owner stay what they are', async () => {
  const owned = (name: string, kind: string, owner: string) => pod({ name, owner: { kind, name: owner, uid: 'x' } });
  api.put(pods, owned('a', 'ReplicaSet', 'rollout-5f'), owned('b', 'CloneSet', 'cs'), pod({ name: 'c' }));
  assert.deepEqual(await summary('pod', 'a'), [['a', 'ReplicaSet/rollout-5f', 1]]);
  assert.deepEqual(await summary('pod', 'b'), [['b', 'CloneSet/cs', 1]]);
  assert.deepEqual(await summary('pod', 'c'), [['c', null, 1]]);
});

test("a Job's CronJob is its owner, where the Job may be read", async () => {
  const job = object('backup-29012345', 'j1', {}, controlled('CronJob', 'backup', 'c1'));
  api.put('/apis/batch/v1/namespaces/shop/jobs', job);
  api.put(pods, pod({ name: 'backup-29012345-abcde', owner: { kind: 'Job', name: 'backup-29012345', uid: 'j1' } }));
  assert.deepEqual(await summary('pod', 'backup-29012345-abcde'), [['backup-29012345-abcde', 'CronJob/backup', 1]]);
  api.refuse('GET', /\/jobs\//, 403, 'Forbidden', 'no');
  assert.deepEqual(await summary('pod', 'backup-29012345-abcde'), [['backup-29012345-abcde', 'Job/backup-29012345', 1]]);
});

async function failure(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => assert.fail('it did not fail'),
    (error) => error,
  );
  assert.ok(error instanceof SubjectError, String(error));
  return error.message;
}

test('a pod that does not exist: near names, and the namespace where it does', async () => {
  api.put(pods, pod({ name: 'payment-7d4b8c6f9b-xyz12' }), pod({ name: 'paymnet' }), pod({ name: 'unrelated' }));
  api.put('/api/v1/namespaces/prod/pods', pod({ name: 'payment', namespace: 'prod' }));
  assert.equal(
    await failure(findSubjects(api.cluster(), 'shop', { type: 'pod', name: 'payment' })),
    [
      'Error from server (NotFound): pods "payment" not found',
      'Similar names in namespace shop: payment-7d4b8c6f9b-xyz12, paymnet',
      'A pod of this name exists in namespace prod: kubectl imagepull why payment -n prod',
    ].join('\n'),
  );
});

test("a pod that does not exist, with no right to look around: kubectl's line alone", async () => {
  api.refuse('GET', /\/pods$/, 403, 'Forbidden', 'no');
  assert.equal(
    await failure(findSubjects(api.cluster(), 'shop', { type: 'pod', name: 'payment' })),
    'Error from server (NotFound): pods "payment" not found',
  );
});

test('a right that is lacking for the pod itself is no SubjectError', async () => {
  api.refuse('GET', /\/pods\/web$/, 403, 'Forbidden', 'pods "web" is forbidden');
  await assert.rejects(findSubjects(api.cluster(), 'shop', { type: 'pod', name: 'web' }), { name: 'ApiError', code: 403 });
});

test('a Deployment: one pod for each distinct failure, the newest rollout first, pods of others left out', async () => {
  deployment(1, 2);
  const notFound = (node: string, ip: string) => ({
    node,
    state: failing(`failed to pull: dial tcp ${ip}:443: connect: connection refused`),
  });
  api.put(
    pods,
    replica('old-1', 1, { image: 'r.example.com/web:1', state: failing('r.example.com/web:1: not found') }),
    replica('new-1', 2, { image: 'r.example.com/web:2', ...notFound('node1', '10.0.0.1') }),
    replica('new-2', 2, { image: 'r.example.com/web:2', ...notFound('node2', '10.0.0.2') }),
    replica('new-3', 2, { image: 'r.example.com/web:2', state: failing('x509: certificate signed by unknown authority') }),
    replica('fine', 2, { image: 'r.example.com/web:2', state: running }),
    pod({ name: 'foreign', labels, state: failing('not mine') }),
  );
  const found = await summary('deployment');
  assert.deepEqual(
    found.map(([, , standsFor]) => standsFor),
    [2, 1, 1],
  );
  assert.match(String(found[0]?.[0]), /^new-[12]$/);
  assert.deepEqual([found[1]?.[0], found[2]?.[0], found[0]?.[1]], ['new-3', 'old-1', 'Deployment/web']);
});

test('attempt and back-off are one failure; a silent back-off counts with the pod that says why', async () => {
  deployment(1);
  const image = 'r.example.com/web:1';
  api.put(
    pods,
    replica('silent', 1, { image, state: waiting('ImagePullBackOff', `Back-off pulling image "${image}"`) }),
    replica('tried', 1, { image, state: failing('denied') }),
    replica('backed-off', 1, { image, state: waiting('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: denied`) }),
  );
  const found = await summary('deployment');
  assert.deepEqual(
    found.map(([, , standsFor]) => standsFor),
    [3],
  );
  assert.notEqual(found[0]?.[0], 'silent');
});

test('none failing: the pod that is worst off; ended and departing pods only where there is no other', async () => {
  deployment(1);
  api.put(pods, replica('running', 1, { state: running }), replica('creating', 1), replica('evicted', 1, { status: { phase: 'Failed' } }));
  assert.deepEqual(await summary('deployment'), [['creating', 'Deployment/web', 1]]);
});

test('a StatefulSet and a ReplicationController own their pods themselves', async () => {
  api.put(`${apps}/statefulsets`, object('db', 's1', { spec: { selector: { matchLabels: { app: 'db' } } } }));
  api.put('/api/v1/namespaces/shop/replicationcontrollers', object('old', 'r1', { spec: { selector: { app: 'db' } } }));
  const of = (name: string, kind: string, owner: string, uid: string) =>
    pod({ name, labels: { app: 'db' }, state: failing('denied'), owner: { kind, name: owner, uid } });
  api.put(pods, of('db-0', 'StatefulSet', 'db', 's1'), of('old-x', 'ReplicationController', 'old', 'r1'));
  assert.deepEqual(await summary('statefulset', 'db'), [['db-0', 'StatefulSet/db', 1]]);
  assert.deepEqual(await summary('replicationcontroller', 'old'), [['old-x', 'ReplicationController/old', 1]]);
});

test('a CronJob through its Jobs, also on a server that has only batch/v1beta1', async () => {
  api.refuse('GET', /\/batch\/v1\/.*cronjobs/, 404, 'NotFound', 'the server could not find the requested resource');
  api.put('/apis/batch/v1beta1/namespaces/shop/cronjobs', object('backup', 'c1', { spec: {} }));
  const job = (name: string, uid: string, creationTimestamp: string) =>
    object(name, uid, {}, { creationTimestamp, ...controlled('CronJob', 'backup', 'c1') });
  api.put(
    '/apis/batch/v1/namespaces/shop/jobs',
    job('backup-1', 'j1', '2026-03-01T00:00:00Z'),
    job('backup-2', 'j2', '2026-03-02T00:00:00Z'),
  );
  const of = (name: string, uid: string, text: string) =>
    pod({ name, labels: { 'job-name': name }, state: failing(text), owner: { kind: 'Job', name, uid } });
  api.put(pods, of('backup-1', 'j1', 'denied'), of('backup-2', 'j2', 'not found'));
  assert.deepEqual(await summary('cronjob', 'backup'), [
    ['backup-2', 'CronJob/backup', 1],
    ['backup-1', 'CronJob/backup', 1],
  ]);
});

test('a workload that does not exist: near names of its kind', async () => {
  deployment();
  assert.equal(
    await failure(findSubjects(api.cluster(), 'shop', { type: 'deployment', name: 'wbe' })),
    'Error from server (NotFound): deployments "wbe" not found\nSimilar names in namespace shop: web',
  );
});

test('selectors in the words of a query', () => {
  const matchExpressions = [
    { key: 'tier', operator: 'In', values: ['a', 'b'] },
    { key: 'env', operator: 'NotIn', values: ['x'] },
    { key: 'team', operator: 'Exists' },
    { key: 'old', operator: 'DoesNotExist' },
  ];
  assert.equal(selectorText({ matchLabels: { app: 'web' }, matchExpressions }), 'app=web,tier in (a,b),env notin (x),team,!old');
  assert.equal(selectorText({ app: 'web', tier: 'a' }), 'app=web,tier=a');
  assert.equal(selectorText({}), undefined);
});
