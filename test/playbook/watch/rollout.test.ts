import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newestPods } from '../../../src/playbook/watch/rollout.ts';
import { pod } from '../objects.ts';

const of = (name: string, revision: string | null, created: string, status: object = {}) => ({
  pod: pod({ name, created, labels: revision === null ? {} : { 'pod-template-hash': revision }, status }),
  rollout: 1,
});
const names = (pods: Parameters<typeof newestPods>[0]) => newestPods(pods).map(({ metadata }) => metadata.name);

test('the newest rollout is that of the pod that was made last, also after going back to an older one', () => {
  const old = of('old', 'a', '2026-03-01T10:00:00Z');
  const mid = of('mid', 'b', '2026-03-01T11:00:00Z');
  assert.deepEqual(names([old, mid]), ['mid']);
  assert.deepEqual(names([old, mid, of('back', 'a', '2026-03-01T12:00:00Z')]), ['old', 'back']);
});

test('without revisions all pods count', () => {
  assert.deepEqual(names([of('x', null, '2026-03-01T10:00:00Z'), of('y', null, '2026-03-01T11:00:00Z')]), ['x', 'y']);
});

test('pods on their way out never count, ended ones only where there are no others', () => {
  const leaving = of('leaving', 'b', '2026-03-01T12:00:00Z');
  (leaving.pod.metadata as { deletionTimestamp?: string }).deletionTimestamp = '2026-03-01T12:01:00Z';
  const ended = of('ended', 'a', '2026-03-01T11:00:00Z', { phase: 'Succeeded' });
  assert.deepEqual(names([leaving, ended]), ['ended']);
  assert.deepEqual(names([ended, of('runs', 'a', '2026-03-01T10:00:00Z')]), ['runs']);
  assert.deepEqual(names([leaving]), []);
});
