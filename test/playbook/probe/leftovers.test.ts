import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '../../../src/cluster/connect.ts';
import type { RawPod } from '../../../src/playbook/kubernetes.ts';
import { noticingProbePods } from '../../../src/playbook/probe/leftovers.ts';
import { sweep } from '../../../src/playbook/probe/sweep.ts';
import { FakeApi, type Stored } from '../fake-api.ts';

const pods = '/api/v1/namespaces/shop/pods';

function left(name: string, process: number): Stored {
  const metadata = {
    name,
    namespace: 'shop',
    uid: name,
    labels: { 'app.kubernetes.io/managed-by': 'kubectl-imagepull' },
    annotations: { 'kubectl-imagepull/run': `here/${process}` },
    creationTimestamp: new Date().toISOString(),
  };
  return { metadata, spec: { containers: [] }, status: { phase: 'Pending' } };
}

test("what an earlier run left is noticed among the pods that are listed anyway, and only what is nobody's is swept", async (t) => {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  const { cluster, hasSeen } = noticingProbePods(api.cluster());
  api.put(pods, { metadata: { name: 'web', namespace: 'shop', uid: 'web' }, spec: { containers: [] } });
  await cluster.get<{ readonly items: readonly RawPod[] }>('/api/v1/pods');
  assert.equal(hasSeen('shop'), false);
  api.put(pods, left('imagepull-probe-gone', 1));
  api.put(pods, left('imagepull-probe-living', 2));
  await cluster.get<{ readonly items: readonly RawPod[] }>('/api/v1/pods');
  assert.deepEqual([hasSeen('shop'), hasSeen('other')], [true, false]);
  const run = { machine: 'here', process: 3, isAlive: (process: number) => process === 2 };
  assert.equal(await sweep(cluster, 'shop', Date.now(), run), 1);
  assert.deepEqual(api.names(pods), ['web', 'imagepull-probe-living']);
});

test('what is left is swept also where the time of the run is over, and after Ctrl-C', async (t) => {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  api.put(pods, left('imagepull-probe-gone', 1));
  const env = { KUBECONFIG: '/dev/null', HOME: '/nonexistent' };
  const aborted = AbortSignal.abort(130);
  const cluster = await connect({ server: api.url }, { env, stderr: () => {}, isTTY: false, signal: aborted, leftMilliseconds: () => 1 });
  t.after(() => cluster.close());
  await assert.rejects(cluster.get(pods));
  assert.equal(await sweep(cluster, 'shop', Date.now(), { machine: 'here', process: 3, isAlive: () => false }), 1);
  assert.deepEqual(api.names(pods), []);
});

test('one that cannot be removed keeps none of the others, and only those that are gone are counted', async (t) => {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  const names = Array.from({ length: 30 }, (_, index) => `imagepull-probe-${index}`);
  for (const name of names) api.put(pods, left(name, 1));
  api.refuse('DELETE', /imagepull-probe-3$/, 500, 'InternalError', 'etcd is away');
  const cluster = api.cluster();
  let asked = 0;
  let most = 0;
  const counting: typeof cluster = {
    ...cluster,
    delete: async (...request) => {
      most = Math.max(most, ++asked);
      try {
        return await cluster.delete(...request);
      } finally {
        asked--;
      }
    },
  };
  assert.equal(await sweep(counting, 'shop', Date.now(), { machine: 'here', process: 3, isAlive: () => false }), 29);
  assert.deepEqual(api.names(pods), ['imagepull-probe-3']);
  assert.ok(most <= 8, `${most} at a time`);
});
