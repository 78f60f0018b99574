import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { plannedCluster } from '../../../src/playbook/check/planned-cluster.ts';
import type { Json } from '../../../src/playbook/json.ts';
import { FakeApi, type Stored } from '../fake-api.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const account = (over: Json = {}) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'builder', namespace: 'shop' },
  ...over,
});
const secret = (over: Json = {}) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'regcred', namespace: 'shop' }, ...over });
const appliedBefore = (object: Json) => ({ 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(object) });

async function read(t: TestContext, planned: Json, live: Stored | null) {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  const [plural, name] = planned.kind === 'Secret' ? ['secrets', 'regcred'] : ['serviceaccounts', 'builder'];
  const collection = `/api/v1/namespaces/shop/${plural}`;
  if (live) api.put(collection, live);
  const cluster = plannedCluster(api.cluster(), [planned]);
  return cluster.get<Json>(`${collection}/${name}`);
}

const livePullSecrets = { metadata: { name: 'builder' }, imagePullSecrets: [{ name: 'live' }] };

test('a service account without pull secrets keeps those that are there, as kubectl apply does', async (t) => {
  assert.deepEqual((await read(t, account(), livePullSecrets)).imagePullSecrets, [{ name: 'live' }]);
  assert.equal((await read(t, account(), null)).imagePullSecrets, undefined);
});

test('one that names some, or none, replaces them; what an earlier apply brought goes with it', async (t) => {
  assert.deepEqual((await read(t, account({ imagePullSecrets: [{ name: 'mine' }] }), livePullSecrets)).imagePullSecrets, [
    { name: 'mine' },
  ]);
  assert.deepEqual((await read(t, account({ imagePullSecrets: [] }), livePullSecrets)).imagePullSecrets, []);
  assert.equal((await read(t, account({ imagePullSecrets: null }), livePullSecrets)).imagePullSecrets, null);
  const annotations = appliedBefore(account({ imagePullSecrets: [{ name: 'live' }] }));
  assert.equal(
    (await read(t, account(), { ...livePullSecrets, metadata: { name: 'builder', annotations } as Stored['metadata'] })).imagePullSecrets,
    undefined,
  );
});

test('a Secret keeps the keys that its manifest does not mention', async (t) => {
  const live = { metadata: { name: 'regcred' }, type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64('{}') } };
  const kept = await read(t, secret({ metadata: { name: 'regcred', namespace: 'shop', labels: { team: 'a' } } }), live);
  assert.deepEqual([kept.type, kept.data], ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': base64('{}') }]);
  const renewed = await read(t, secret({ stringData: { '.dockerconfigjson': '{"auths":{}}' } }), live);
  assert.deepEqual(renewed.data, { '.dockerconfigjson': base64('{"auths":{}}') });
});

test('a value of null takes the key away', async (t) => {
  const live = { metadata: { name: 'regcred' }, data: { '.dockerconfigjson': base64('{}'), other: base64('x') } };
  assert.deepEqual((await read(t, secret({ data: { '.dockerconfigjson': null }, stringData: { more: null } }), live)).data, {
    other: base64('x'),
  });
  assert.deepEqual((await read(t, secret({ data: { '.dockerconfigjson': null } }), null)).data, {});
});

test('what may not be read and is not written is not known', async (t) => {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  api.refusals.push({ method: 'GET', path: /serviceaccounts/, code: 403, reason: 'Forbidden', message: 'no' });
  const cluster = plannedCluster(api.cluster(), [account()]);
  await assert.rejects(cluster.get('/api/v1/namespaces/shop/serviceaccounts/builder'));
  const written = plannedCluster(api.cluster(), [account({ imagePullSecrets: [{ name: 'mine' }] })]);
  assert.deepEqual((await written.get<Json>('/api/v1/namespaces/shop/serviceaccounts/builder')).imagePullSecrets, [{ name: 'mine' }]);
});
