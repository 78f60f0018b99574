import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { RawPod } from '../../../src/playbook/kubernetes.ts';
import { earlierImage } from '../../../src/playbook/proposals/earlier-images.ts';
import { rolloutOf } from '../../../src/playbook/subject/rollout.ts';
import { FakeApi } from '../fake-api.ts';

const template = (image: string) => ({ spec: { containers: [{ name: 'app', image }] } });
const controlledBy = (kind: string, uid: string) => [{ apiVersion: 'apps/v1', kind, name: 'x', uid, controller: true }];

const pod = (kind: string, uid: string): RawPod => ({
  metadata: { name: 'web-1', namespace: 'shop', uid: 'p', ownerReferences: controlledBy(kind, uid) },
  spec: { containers: [{ name: 'app' }] },
});

async function api(t: TestContext): Promise<FakeApi> {
  const made = await FakeApi.start();
  t.after(() => made.stop());
  const set = (name: string, revision: string, image: string, owner = 'deployment') => ({
    metadata: {
      name,
      uid: name,
      annotations: { 'deployment.kubernetes.io/revision': revision },
      ownerReferences: controlledBy('Deployment', owner),
    },
    spec: { template: template(image) },
    status: { readyReplicas: 3 },
  });
  made.put(
    '/apis/apps/v1/namespaces/shop/replicasets',
    ...[set('two', '2', 'app:2'), set('ten', '10', 'app:10'), set('nine', '9', 'app:9'), set('other', '99', 'other:1', 'another')],
  );
  const revision = (name: string, number: number, image: string) => ({
    metadata: { name, uid: name, ownerReferences: controlledBy('StatefulSet', 'sts') },
    revision: number,
    data: { spec: { template: template(image) } },
  });
  made.put('/apis/apps/v1/namespaces/shop/controllerrevisions', revision('a', 1, 'db:1'), revision('b', 2, 'db:2'));
  return made;
}

test('what the rollout before ran: of a Deployment by the numbers of its revisions, of a StatefulSet by its own', async (t) => {
  const cluster = (await api(t)).cluster();
  assert.equal(await earlierImage(cluster, pod('ReplicaSet', 'ten'), 'app'), 'app:9');
  assert.equal(await earlierImage(cluster, pod('ReplicaSet', 'two'), 'app'), null, 'later rollouts are no earlier ones');
  assert.equal(await earlierImage(cluster, pod('StatefulSet', 'sts'), 'app'), 'db:1');
  assert.equal(await earlierImage(cluster, pod('StatefulSet', 'sts'), 'nosuch'), null);
  assert.equal(await earlierImage(cluster, { ...pod('X', 'y'), metadata: { name: 'p', uid: 'p' } }, 'app'), null);
});

test('where it may not be read, there is none', async (t) => {
  const made = await api(t);
  made.refusals.push({ method: 'GET', path: /replicasets/, code: 403, reason: 'Forbidden', message: 'forbidden' });
  assert.equal(await earlierImage(made.cluster(), pod('ReplicaSet', 'ten'), 'app'), null);
});

test('where a pod stands among the revisions of its workload', async (t) => {
  const made = await api(t);
  const cluster = made.cluster();
  assert.deepEqual(await rolloutOf(cluster, pod('ReplicaSet', 'ten')), {
    newest: true,
    previous: { revision: 9, images: { app: 'app:9' }, pullSecrets: [], ready: 3 },
  });
  assert.equal((await rolloutOf(cluster, pod('ReplicaSet', 'nine')))?.newest, false);
  assert.deepEqual(await rolloutOf(cluster, pod('ReplicaSet', 'other')), { newest: true, previous: null });
  const stateful = pod('StatefulSet', 'sts');
  const labelled = { ...stateful, metadata: { ...stateful.metadata, labels: { 'controller-revision-hash': 'b' } } };
  assert.deepEqual(await rolloutOf(cluster, labelled), {
    newest: true,
    previous: { revision: 1, images: { app: 'db:1' }, pullSecrets: [], ready: null },
  });
  assert.equal(await rolloutOf(cluster, stateful), undefined, 'a pod that does not say which revision made it');
  assert.equal(await rolloutOf(cluster, pod('Job', 'x')), undefined);
  made.refusals.push({ method: 'GET', path: /replicasets/, code: 403, reason: 'Forbidden', message: 'forbidden' });
  assert.equal(await rolloutOf(cluster, pod('ReplicaSet', 'ten')), undefined);
});
