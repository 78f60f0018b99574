import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionError } from '../../../src/cluster/cluster.ts';
import type { RawList, RawPod } from '../../../src/playbook/kubernetes.ts';
import { SavedObjects } from '../../../src/playbook/saved/objects.ts';
import { savedCluster } from '../../../src/playbook/saved/saved-cluster.ts';
import { pod } from '../objects.ts';

function cluster(...objects: readonly object[]) {
  const saved = new SavedObjects(new Date('2026-06-01T00:00:00Z'));
  for (const object of objects) saved.add(object as Record<string, unknown>);
  return savedCluster(saved, 'default');
}

const missing = (message: RegExp) => (error: unknown) =>
  error instanceof ConnectionError && error.kind === 'not-collected' && message.test(error.message);

test('objects by name, and lists by selector', async () => {
  const api = cluster(
    pod({ name: 'a', node: 'n1', labels: { app: 'x' } }),
    pod({ name: 'b', node: 'n2' }),
    pod({ name: 'c', namespace: 'other', node: 'n1' }),
  );
  assert.equal((await api.get<RawPod>('/api/v1/namespaces/shop/pods/a')).metadata.name, 'a');
  const names = async (path: string, query = {}) =>
    ((await api.get<RawList<RawPod>>(path, query)).items ?? []).map(({ metadata }) => metadata.name);
  assert.deepEqual(await names('/api/v1/pods', { fieldSelector: 'spec.nodeName=n1' }), ['a', 'c']);
  assert.deepEqual(await names('/api/v1/pods', { fieldSelector: 'spec.nodeName!=n1' }), ['b']);
  assert.deepEqual(await names('/api/v1/namespaces/shop/pods', { labelSelector: 'app=x' }), ['a']);
});

test('what is not there may be in the cluster: it is never said to be missing, and a list of pods has more', async () => {
  const api = cluster(pod({ name: 'a' }));
  await assert.rejects(api.get('/api/v1/namespaces/shop/pods/b'), missing(/^pod b of namespace shop$/));
  await assert.rejects(api.get('/api/v1/namespaces/shop/events'), missing(/^events of namespace shop$/));
  await assert.rejects(api.get('/api/v1/nodes/n1/proxy/stats/summary'), missing(/^only a cluster can be asked for it$/));
  await assert.rejects(api.get('/apis/example.com/v1/things'), missing(/only a cluster/));
  await assert.rejects(api.getText('/api/v1/namespaces/shop/pods/a/log'), missing(/only a cluster/));
  assert.ok((await api.get<RawList<RawPod>>('/api/v1/pods')).metadata?.continue);
});

test('nothing but what the playbook reads is held', async () => {
  const held = JSON.stringify(
    await cluster({
      ...pod({ name: 'a' }),
      spec: { containers: [{ name: 'app', image: 'x', env: [{ value: 'planted' }], args: ['planted'] }] },
    }).get('/api/v1/namespaces/shop/pods/a'),
  );
  assert.equal(held.includes('planted'), false);
  assert.equal(held.includes('"image":"x"'), true);
});
