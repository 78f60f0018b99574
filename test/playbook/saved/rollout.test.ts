import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { RawPod } from '../../../src/playbook/kubernetes.ts';
import { SavedObjects } from '../../../src/playbook/saved/objects.ts';
import { savedCluster } from '../../../src/playbook/saved/saved-cluster.ts';
import { rolloutOf } from '../../../src/playbook/subject/rollout.ts';
import { FakeApi, type Stored } from '../fake-api.ts';

const owner = (apiVersion: string, kind: string, uid: string) => ({
  ownerReferences: [{ apiVersion, kind, name: uid, uid, controller: true }],
});
const template = (number: number) => ({
  spec: {
    containers: [{ name: 'app', image: `r/app:v${number}` }],
    serviceAccountName: `robot${number}`,
    nodeSelector: { pool: String(number) },
    imagePullSecrets: [{ name: `cred${number}` }],
  },
});
const set = (number: number, key: string, more: Record<string, string> = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name: `web-${number}`,
    namespace: 'shop',
    uid: `rs${number}`,
    creationTimestamp: `2026-03-01T10:0${number}:00Z`,
    annotations: { [key]: String(number), ...more },
    ...owner('argoproj.io/v1alpha1', 'Rollout', 'web'),
  },
  spec: { replicas: 3, template: template(number) },
  status: { replicas: 3, readyReplicas: 1 },
});
const revision = (number: number) => ({
  apiVersion: 'apps/v1',
  kind: 'ControllerRevision',
  metadata: { name: `db-${number}`, namespace: 'shop', uid: `cr${number}`, ...owner('apps/v1', 'StatefulSet', 'db') },
  revision: number,
  data: { spec: { template: template(number) } },
});
const pod = (kind: string, uid: string, hash = '', name = 'web-3-x'): RawPod & Stored => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', uid: name, labels: { 'controller-revision-hash': hash }, ...owner('apps/v1', kind, uid) },
  spec: { containers: [{ name: 'app', image: 'r/app:v3' }] },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
});

const argo = 'rollout.argoproj.io/revision';
const deployment = 'deployment.kubernetes.io/revision';
const rows: readonly [what: string, asked: RawPod, plural: string, objects: readonly (Stored & object)[], revision: number][] = [
  ['Argo Rollout', pod('ReplicaSet', 'rs2'), 'replicasets', [set(1, argo), set(2, argo), set(3, argo)], 2],
  ['Deployment', pod('ReplicaSet', 'rs3'), 'replicasets', [set(1, deployment), set(2, deployment), set(3, deployment)], 3],
  ['ReplicaSet rolled back to', pod('ReplicaSet', 'rs3'), 'replicasets', [set(2, argo), set(3, argo, { [`${argo}-history`]: '1' })], 3],
  ['StatefulSet', pod('StatefulSet', 'db', 'db-3'), 'controllerrevisions', [revision(2), revision(3)], 3],
];

async function live(t: TestContext, plural: string, objects: readonly Stored[], others: readonly Stored[]) {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  api.put(`/apis/apps/v1/namespaces/shop/${plural}`, ...objects);
  api.put('/api/v1/namespaces/shop/pods', ...others);
  return api.cluster();
}

for (const [what, asked, plural, objects, number] of rows) {
  test(`the rollout of a file is that of the cluster: ${what}`, async (t) => {
    const others = [pod('StatefulSet', 'db', 'db-2', 'db-0')];
    const saved = new SavedObjects(new Date('2026-06-01T00:00:00Z'));
    for (const object of [...objects, ...others]) saved.add(object as Record<string, unknown>);
    const [told, expected] = [
      await rolloutOf(savedCluster(saved, 'shop'), asked),
      await rolloutOf(await live(t, plural, objects, others), asked),
    ];
    assert.equal(expected?.revision, number);
    assert.deepEqual(
      expected?.changes?.map(({ what }) => what),
      ['image', 'pullSecrets', 'serviceAccount', 'nodeSelector'],
    );
    assert.deepEqual(told, expected);
  });
}

test('where no revision is written, none is told', async () => {
  const saved = new SavedObjects(new Date('2026-06-01T00:00:00Z'));
  for (const number of [1, 2]) saved.add(set(number, 'other') as Record<string, unknown>);
  assert.equal(await rolloutOf(savedCluster(saved, 'shop'), pod('ReplicaSet', 'rs2')), undefined);
});
