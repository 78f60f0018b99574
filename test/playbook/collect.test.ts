import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { alone, collect, type Heard } from '../../src/playbook/collect.ts';
import { FakeApi } from './fake-api.ts';
import { pod, waiting } from './objects.ts';

const api = await FakeApi.start();
after(() => api.stop());

const failing = pod({
  state: waiting('ImagePullBackOff', 'Back-off pulling image: not found'),
  spec: { imagePullSecrets: [{ name: 'one' }, { name: 'two' }] },
});
api.put('/api/v1/namespaces/shop/pods', failing);
api.put('/api/v1/nodes', { metadata: { name: 'node1' }, status: { nodeInfo: { operatingSystem: 'linux', architecture: 'arm64' } } });

const options = { registry: false, registryCa: undefined, leftMilliseconds: () => 60_000, env: {}, now: () => new Date() };
const subject = { pod: failing, owner: null, standsFor: 1 };

/** A cluster that answers a read only when it is let. */
function held(isHeld: (path: string) => boolean): { readonly cluster: Cluster; readonly release: () => void; readonly asked: string[] } {
  const asked: string[] = [];
  const gate = Promise.withResolvers<void>();
  const through = api.cluster();
  const get: Cluster['get'] = async (path, query, how) => {
    asked.push(path);
    if (isHeld(path)) await gate.promise;
    return through.get(path, query, how);
  };
  return { cluster: { ...through, get }, release: gate.resolve, asked };
}

test('all that the pod names is asked for at once: none of these reads waits for another', async () => {
  const { cluster, release, asked } = held(() => true);
  const evidence = collect(cluster, subject, options);
  await new Promise(setImmediate);
  assert.deepEqual([...new Set(asked)].sort(), [
    '/api/v1/namespaces/default/events',
    '/api/v1/namespaces/shop/events',
    '/api/v1/namespaces/shop/secrets/one',
    '/api/v1/namespaces/shop/secrets/two',
    '/api/v1/namespaces/shop/serviceaccounts/default',
    '/api/v1/nodes/node1',
    '/api/v1/nodes/node1/proxy/stats/summary',
    '/api/v1/pods',
  ]);
  release();
  assert.equal((await evidence).node.outcome, 'done');
});

test('what the cluster says is told as soon as it is known, before the node has been read', async () => {
  const { cluster, release } = held((path) => path.startsWith('/api/v1/nodes/'));
  const heard = Promise.withResolvers<Heard>();
  let isRead = false;
  const evidence = collect(cluster, subject, { ...options, heard: heard.resolve }).finally(() => {
    isRead = true;
  });
  const { describe, events } = await heard.promise;
  assert.equal(isRead, false);
  release();
  assert.deepEqual(
    [(await evidence).describe, (await evidence).events].map(({ outcome }) => outcome),
    ['done', 'done'],
  );
  assert.deepEqual([describe.outcome, events.outcome], ['done', 'done']);
});

test('the registry is asked as soon as pod, secrets and platform are known: neighbours and the kubelet are not waited for', async () => {
  const { cluster, release, asked } = held((path) => path.endsWith('/stats/summary') || path === '/api/v1/pods');
  const turn = Promise.withResolvers<unknown>();
  const readers = {
    ...alone,
    registry: async (...[images, , node]: Parameters<typeof alone.registry>) => {
      turn.resolve([images.map(({ image }) => image), await node]);
      return { outcome: 'skipped', milliseconds: 0, reason: 'a test' } as const;
    },
  };
  const evidence = collect(cluster, subject, options, readers);
  assert.deepEqual(await turn.promise, [['registry.example.com/team/app:v1'], { os: 'linux', architecture: 'arm64' }]);
  release();
  await evidence;
  assert.equal(asked.filter((path) => path === '/api/v1/nodes/node1').length, 1);
});

test("a registry of each machine's own is not asked from here", async () => {
  for (const image of ['localhost:5000/team/app:1', '127.0.0.1:5000/team/app:1', 'localhost/app:1', '[::1]:5000/app:1']) {
    const own = pod({ image, state: waiting('ErrImagePull', 'connection refused') });
    const { registry } = await collect(api.cluster(), { ...subject, pod: own }, { ...options, registry: true });
    assert.equal(registry.outcome, 'skipped', image);
  }
});
