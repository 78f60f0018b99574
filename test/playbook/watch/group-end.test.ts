import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { groupEnd } from '../../../src/playbook/watch/group-end.ts';
import { ownerTarget } from '../../../src/playbook/watch/owner-target.ts';
import type { Owner } from '../../../src/values/evidence.ts';
import type { GroupMember } from '../../../src/values/group.ts';
import { FakeApi } from '../fake-api.ts';
import { pod, running, waiting } from '../objects.ts';

const pods = '/api/v1/namespaces/shop/pods';
const member = (name: string, owner: Owner | null = null) => ({ namespace: 'shop', pod: name, container: 'app', owner }) as GroupMember;
const set = { kind: 'StatefulSet', name: 'db', uid: 'set' };

async function start(t: TestContext): Promise<FakeApi> {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  return api;
}

for (const [what, there, expected] of [
  ['runs', pod({ name: 'a', state: running }), 'fixed'],
  ['does not fail just now, and is not pulled', pod({ name: 'a' }), 'waiting'],
  ['ended without its image', pod({ name: 'a', status: { phase: 'Failed' } }), 'gone'],
  ['is another', pod({ name: 'b', state: running }), 'gone'],
] as const) {
  test(`a pod that ${what}: ${expected}`, async (t) => {
    const api = await start(t);
    api.put(pods, there);
    assert.equal((await groupEnd(api.cluster(), [member('a')])).how, expected);
  });
}

test('one that is not pulled keeps the others from being told as fixed', async (t) => {
  const api = await start(t);
  api.put(pods, pod({ name: 'a', state: running }), pod({ name: 'b' }));
  assert.equal((await groupEnd(api.cluster(), [member('a'), member('b')])).how, 'waiting');
});

for (const [what, state, expected] of [
  ['have their images', running, 'fixed'],
  ['still pull', undefined, 'waiting'],
  ['fail as well', waiting('ErrImagePull', 'no'), 'waiting'],
] as const) {
  test(`the pods that took the place of those that are gone ${what}: ${expected}`, async (t) => {
    const api = await start(t);
    api.put('/apis/apps/v1/namespaces/shop/statefulsets', { metadata: { name: 'db', uid: 'set' }, spec: {} });
    api.put(pods, pod({ name: 'db-0', owner: set, ...(state && { state }) }));
    assert.equal((await groupEnd(api.cluster(), [member('a', { kind: 'StatefulSet', name: 'db' })])).how, expected);
  });
}

for (const [what, replicas, expected] of [
  ['are still to come', 1, 'waiting'],
  ['are not wanted', 0, 'gone'],
] as const) {
  test(`the pods that take the place of those that are gone ${what}: ${expected}`, async (t) => {
    const api = await start(t);
    api.put('/apis/apps/v1/namespaces/shop/statefulsets', { metadata: { name: 'db', uid: 'set' }, spec: { replicas } });
    assert.equal((await groupEnd(api.cluster(), [member('a', { kind: 'StatefulSet', name: 'db' })])).how, expected);
  });
}

test('of what is fixed it is told which image is another, and whose', async (t) => {
  const api = await start(t);
  api.put('/apis/apps/v1/namespaces/shop/statefulsets', { metadata: { name: 'db', uid: 'set' }, spec: {} });
  api.put(pods, pod({ name: 'db-0', owner: set, image: 'r/app:2', state: running }), pod({ name: 'b', image: 'r/app:3', state: running }));
  const failed = [
    { ...member('db-1', { kind: 'StatefulSet', name: 'db' }), image: 'r/app:1' },
    { ...member('b'), image: 'r/app:3' },
    { ...member('db-0', { kind: 'StatefulSet', name: 'cache' }), image: 'r/app:0' },
  ];
  assert.deepEqual((await groupEnd(api.cluster(), failed)).changes, [
    { namespace: 'shop', kind: 'StatefulSet', name: 'cache', container: 'app', from: 'r/app:0', to: 'r/app:2' },
    { namespace: 'shop', kind: 'StatefulSet', name: 'db', container: 'app', from: 'r/app:1', to: 'r/app:2' },
  ]);
});

test('who may not read a workload is not kept from the rest', async (t) => {
  const api = await start(t);
  api.refuse('GET', /statefulsets/, 403, 'Forbidden', 'forbidden');
  assert.equal((await groupEnd(api.cluster(), [member('a', { kind: 'StatefulSet', name: 'db' })])).how, 'gone');
});

test('an owner is the workload of its own group', () => {
  assert.deepEqual(ownerTarget({ kind: 'Job', name: 'x' }), { type: 'job', name: 'x' });
  assert.deepEqual(ownerTarget({ kind: 'Job', name: 'x', group: 'batch.volcano.sh' }), {
    type: 'other',
    resource: 'job.batch.volcano.sh',
    name: 'x',
  });
  assert.deepEqual(ownerTarget({ kind: 'Rollout', name: 'x', group: 'argoproj.io' }), {
    type: 'other',
    resource: 'rollout.argoproj.io',
    name: 'x',
  });
  assert.equal(ownerTarget({ kind: 'Node', name: 'x' }), null);
});
