import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawPod } from '../../../src/playbook/kubernetes.ts';
import { isCrashing, wrongPlatforms } from '../../../src/playbook/scan/wrong-platform.ts';
import { FakeApi } from '../fake-api.ts';

const at = '2026-03-01T10:00:00Z';

function pod(name: string, image: string, { restarts = 5, exitCode = 1, finishedAt = at, node = 'node1' } = {}): RawPod {
  const terminated = { exitCode, reason: 'Error', startedAt: at, finishedAt };
  return {
    metadata: { name, namespace: 'shop', uid: name },
    spec: { nodeName: node, containers: [{ name: 'app', image }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'app',
          image,
          imageID: `${image}@sha256:1`,
          restartCount: restarts,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated },
        },
      ],
    },
  };
}

test('what ends as soon as it starts, again and again, crashes', () => {
  assert.ok(isCrashing(pod('a', 'arm:1')));
  assert.ok(!isCrashing(pod('a', 'arm:1', { restarts: 1 })));
  assert.ok(!isCrashing(pod('a', 'arm:1', { exitCode: 0 })));
  assert.ok(!isCrashing(pod('a', 'arm:1', { finishedAt: '2026-03-01T10:00:09Z' })));
});

test('one log for each image and node tells which pods cannot run there', async (t) => {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  const log = (name: string, text: string) => api.texts.set(`/api/v1/namespaces/shop/pods/${name}/log`, text);
  log('arm-1', 'exec /app: exec format error');
  log('bug-1', 'panic: no configuration');
  log('arm-3', 'exec /app: exec format error');
  const pods = [
    pod('arm-1', 'arm:1'),
    pod('arm-2', 'arm:1'),
    pod('bug-1', 'bug:1'),
    pod('arm-3', 'arm:1', { node: 'node2' }),
    pod('unread', 'x:1'),
  ];
  const found = await wrongPlatforms(api.cluster(), pods);
  assert.deepEqual(
    found.map(({ metadata }) => metadata.name),
    ['arm-1', 'arm-2', 'arm-3'],
  );
  assert.deepEqual(api.log.filter((line) => line.includes('/log')).length, 4);
});
