import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { RawPod } from '../../../src/playbook/kubernetes.ts';
import { earlierImage } from '../../../src/playbook/proposals/earlier-images.ts';
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
