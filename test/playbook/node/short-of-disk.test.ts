import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { RawPod } from '../../../src/playbook/kubernetes.ts';
import { nodesShortOfDisk } from '../../../src/playbook/node/short-of-disk.ts';
import { FakeApi } from '../fake-api.ts';
import { pod } from '../objects.ts';

const taint = 'node.kubernetes.io/disk-pressure';
const newWords = '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu.';
const oldWords = `0/3 nodes are available: 1 node(s) had taint {${taint}: }, that the pod didn't tolerate.`;

let api: FakeApi;
beforeEach(async () => {
  api = await FakeApi.start();
  const node = (name: string, zone: string, ...taints: readonly string[]) => ({
    metadata: { name, labels: { zone } },
    spec: { taints: taints.map((key) => ({ key, effect: 'NoSchedule' })) },
  });
  api.put('/api/v1/nodes', node('b', 'z', taint), node('a', 'z', 'other', taint), node('c', 'z', 'other'), node('d', 'y', taint));
});
afterEach(() => api.stop());

const read = (message: string, spec: Record<string, unknown> = {}): Promise<readonly string[] | undefined> =>
  nodesShortOfDisk(
    api.cluster(),
    pod({
      node: '',
      spec: { nodeSelector: { zone: 'z' }, ...spec } as Partial<RawPod['spec']>,
      status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }] },
    }),
  );
const asked = () => api.log.filter((line) => line.includes('/api/v1/nodes')).length;

test('nodes where the pod might run, but for their disk: by their taint, whichever way the scheduler puts it', async () => {
  assert.deepEqual(await read(newWords), ['a', 'b']);
  assert.deepEqual(await read(oldWords), ['a', 'b']);
  assert.equal(await read(newWords, { nodeSelector: { zone: 'x' } }), undefined);
});

test('a pod that tolerates it is kept off by something else', async () => {
  for (const toleration of [{ operator: 'Exists' }, { key: taint, operator: 'Exists', effect: 'NoSchedule' }, { key: taint }])
    assert.equal(await read(newWords, { tolerations: [toleration] }), undefined);
  assert.equal(asked(), 0);
  for (const toleration of [
    { key: 'other', operator: 'Exists' },
    { operator: 'Exists', effect: 'NoExecute' },
  ])
    assert.deepEqual(await read(newWords, { tolerations: [toleration] }), ['a', 'b']);
});

test('nodes are listed only where that may be it; a right that is lacking costs only this', async () => {
  assert.equal(await read('0/3 nodes are available: 3 Insufficient cpu.'), undefined);
  assert.equal(await read('0/3 nodes are available: 3 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }'), undefined);
  assert.equal(await nodesShortOfDisk(api.cluster(), pod()), undefined);
  assert.equal(asked(), 0);
  api.refuse('GET', /\/nodes$/, 403, 'Forbidden', 'nodes is forbidden');
  assert.equal(await read(newWords), undefined);
});
