import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodesApart } from '../../../src/playbook/subject/nodes-apart.ts';
import { nodesLine } from '../../../src/report/nodes-apart.ts';
import type { NodesApart } from '../../../src/values/evidence.ts';
import type { ReportPod } from '../../../src/values/report.ts';
import { FakeApi } from '../fake-api.ts';
import { pod, running, waiting } from '../objects.ts';

const image = 'r.example.com/agent:2';
const on = (node: string, state = running, of = image) =>
  pod({ name: node, node, image: of, state, imageID: state === running ? 'sha256:1' : '' });
const failing = waiting('ErrImagePull', 'no match for platform in manifest');

function nodes(...all: readonly (readonly [name: string, arch: string, zone: string, runtime: string])[]): string {
  const columnDefinitions = ['Name', 'Version', 'Container-Runtime'].map((name) => ({ name }));
  const rows = all.map(([name, arch, zone, runtime]) => ({
    cells: [name, 'v1.36.3', runtime],
    object: {
      metadata: { name, labels: { 'kubernetes.io/arch': arch, 'topology.kubernetes.io/zone': zone, 'kubernetes.io/hostname': name } },
    },
  }));
  return JSON.stringify({ kind: 'Table', columnDefinitions, rows });
}

const line = (nodesApart: NodesApart | undefined) => nodesLine({ nodesApart } as ReportPod);

test('what all failing nodes have, and none of the others', async (t) => {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  api.texts.set(
    '/api/v1/nodes',
    nodes(['n1', 'arm64', 'a', 'containerd://2.3'], ['n2', 'arm64', 'b', 'containerd://2.3'], ['n3', 'amd64', 'a', 'containerd://2.3']),
  );
  const pods = [on('n1', failing), on('n2', failing), on('n3'), on('n4', running, 'r.example.com/agent:1')];
  const found = await nodesApart(api.cluster(), on('n1', failing), pods);
  assert.deepEqual(found, { failing: ['n1', 'n2'], fine: ['n3'], apart: [{ what: 'kubernetes.io/arch', value: 'arm64' }] });
  assert.equal(
    line(found),
    'Fails on 2 of 3 nodes that this workload runs on, n1 and n2: these and none of the others have kubernetes.io/arch=arm64',
  );
  const runtime = nodes(['n1', 'amd64', 'a', 'containerd://1.6'], ['n3', 'amd64', 'a', 'containerd://2.3']);
  api.texts.set('/api/v1/nodes', runtime);
  const old = await nodesApart(api.cluster(), on('n1', failing), [on('n1', failing), on('n3')]);
  assert.match(line(old) ?? '', /n1: it and none of the others has runtime containerd:\/\/1\.6$/);
});

test('a node that is not known tells nothing apart; nodes that may not be listed leave the names', async (t) => {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  api.texts.set('/api/v1/nodes', nodes(['n1', 'arm64', 'a', 'x']));
  const pods = [on('n1', failing), on('n3')];
  assert.deepEqual((await nodesApart(api.cluster(), on('n1', failing), pods))?.apart, []);
  api.refuse('GET', /nodes/, 403, 'Forbidden', 'no');
  const found = await nodesApart(api.cluster(), on('n1', failing), pods);
  assert.deepEqual(found, { failing: ['n1'], fine: ['n3'], apart: [] });
  assert.equal(line(found), 'Fails on 1 of 2 nodes that this workload runs on, n1');
});

test('nothing is asked where all fail, or none', async (t) => {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  assert.equal(await nodesApart(api.cluster(), on('n1', failing), [on('n1', failing), on('n2', failing)]), undefined);
  assert.equal(await nodesApart(api.cluster(), on('n1'), [on('n1'), on('n2')]), undefined);
  assert.deepEqual(api.log, []);
});
