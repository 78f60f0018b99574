import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, ConnectionError } from '../../../src/cluster/cluster.ts';
import { kubeletPod, runtimePod } from '../../../src/playbook/probe/kinds.ts';
import type { ProbePlan } from '../../../src/playbook/probe/plan.ts';
import { removePod } from '../../../src/playbook/probe/pods.ts';
import { probe } from '../../../src/playbook/probe/probe.ts';
import { FakeApi } from '../fake-api.ts';

const pods = '/api/v1/namespaces/shop/pods';
const plan: ProbePlan = {
  namespace: 'shop',
  pod: { name: 'web', uid: 'owner' },
  node: 'node1',
  serviceAccount: 'builder',
  pullSecrets: [],
  targets: [
    {
      container: 'app',
      kind: 'container',
      image: 'r.example.com/team/app:v1',
      reference: { registry: 'r.example.com', repository: 'team/app', tag: 'v1', digest: null },
      anonymously: false,
      hosts: [],
    },
  ],
};

let api: FakeApi;
let announced: string[];
beforeEach(async () => {
  api = await FakeApi.start();
  announced = [];
});
afterEach(() => api.stop());

const announce = (text: string) => void announced.push(text);
const late = () => api.put(pods, { metadata: { name: 'late', namespace: 'shop' } });

test('a pod whose creation the API server never confirmed is removed when it comes after all', async () => {
  const direct = api.cluster();
  let ended: Promise<unknown> = Promise.resolve();
  const cut: Cluster = {
    ...direct,
    create: async <T>(path: string, body: unknown, query?: Record<string, string>): Promise<T> => {
      if (query?.dryRun) return direct.create<T>(path, body, query);
      ended = sleep(400).then(() => direct.create(path, body));
      throw new ConnectionError('unreachable', 'socket hang up');
    },
  };
  await probe(cut, plan, { timeoutMilliseconds: 3000, signal: new AbortController().signal, announce });
  await ended;
  await sleep(50);
  assert.deepEqual(api.names(pods), []);
});

test('a write that is still under way is waited for', async () => {
  const write = sleep(500).then(late);
  await removePod(api.cluster(), 'shop', 'late', announce, write);
  assert.deepEqual(api.names(pods), []);
  assert.deepEqual(announced, []);
});

test('a pod that was confirmed, and is not there, is gone', async () => {
  await removePod(api.cluster(), 'shop', 'late', announce);
  assert.deepEqual(
    api.log.filter((line) => line.startsWith('DELETE')),
    [`DELETE ${pods}/late`],
  );
});

test('with --probe=always a busy kubelet is waited for longer; a runtime that meets dropped packets is not', () => {
  const graces = (asked: ProbePlan) => [
    runtimePod(asked, asked.targets, true, 'x').grace,
    kubeletPod(asked, asked.targets, [{ name: 'pause', command: null }], 'x').grace,
  ];
  assert.deepEqual(
    [graces(plan), graces({ ...plan, thorough: true })],
    [
      [5000, 300],
      [5000, 10_000],
    ],
  );
});
