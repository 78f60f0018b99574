import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { collectEvents, quotedImage, readEvent } from '../../src/playbook/events.ts';
import { FakeApi } from './fake-api.ts';
import { event } from './objects.ts';

const path = '/api/v1/namespaces/shop/events';
const pod = { namespace: 'shop', uid: 'u1' };
let api: FakeApi;
before(async () => {
  api = await FakeApi.start();
});
after(() => api.stop());

async function collect() {
  const step = await collectEvents(api.cluster(), pod);
  assert.equal(step.outcome, 'done');
  return step.outcome === 'done' ? step.facts : assert.fail();
}

test('only this pod by uid, newest last, with container and image', async () => {
  api.put(
    path,
    event('u1', 'Failed', 'Failed to pull image "r.example.com/a:1": not found', { at: '2026-03-01T10:05:00Z', count: 4 }),
    event('u1', 'Pulling', 'Pulling image "r.example.com/a:1"', { at: '2026-03-01T10:04:59Z' }),
    event('another', 'Failed', 'Failed to pull image "r.example.com/old:1": denied'),
    event('u1', 'Scheduled', 'Successfully assigned shop/web to node1', { container: null, at: '2026-03-01T10:00:00Z' }),
  );
  const { events, sandboxImage } = await collect();
  assert.deepEqual(
    events.map(({ reason, container, image, count }) => ({ reason, container, image, count })),
    [
      { reason: 'Scheduled', container: null, image: null, count: 1 },
      { reason: 'Pulling', container: 'app', image: 'r.example.com/a:1', count: 1 },
      { reason: 'Failed', container: 'app', image: 'r.example.com/a:1', count: 4 },
    ],
  );
  assert.equal(sandboxImage, null);
});

test('within one second, the order in which they were written', async () => {
  const at = '2026-03-01T11:00:00Z';
  const [pulling, failed] = [event('u3', 'Pulling', 'Pulling image "a:1"', { at }), event('u3', 'Failed', 'Error: ErrImagePull', { at })];
  api.put(path, failed, pulling);
  const step = await collectEvents(api.cluster(), { namespace: 'shop', uid: 'u3' });
  assert.deepEqual(step.outcome === 'done' && step.facts.events.map((event) => event.reason), ['Pulling', 'Failed']);
});

test('pages are followed', async () => {
  for (let i = 0; i < 620; i++) api.put(path, event('many', 'BackOff', `message ${i}`));
  const step = await collectEvents(api.cluster(), { namespace: 'shop', uid: 'many' });
  assert.equal(step.outcome === 'done' && step.facts.events.length, 620);
});

test('times and counts of both event APIs', () => {
  const meta = { name: 'e', uid: 'e', creationTimestamp: '2026-01-01T00:00:00Z' };
  const first = '2026-01-01T00:00:01Z';
  const last = '2026-01-01T00:00:02Z';
  const eventTime = '2026-01-01T00:00:03.000000Z';
  const observed = '2026-01-01T00:00:04.000000Z';
  const times = (raw: object) => {
    const { first, last, count } = readEvent({ metadata: meta, ...raw });
    return { first, last, count };
  };
  assert.deepEqual(times({}), { first: meta.creationTimestamp, last: meta.creationTimestamp, count: 1 });
  assert.deepEqual(times({ firstTimestamp: first, lastTimestamp: last, count: 7 }), { first, last, count: 7 });
  assert.deepEqual(times({ firstTimestamp: null, lastTimestamp: null, eventTime }), { first: eventTime, last: eventTime, count: 1 });
  assert.deepEqual(times({ eventTime, series: { count: 9, lastObservedTime: observed } }), { first: eventTime, last: observed, count: 9 });
});

test('the image is the one that the kubelet quotes first, never one inside the error', () => {
  assert.equal(quotedImage('Failed to pull image "a:1": failed to pull image "b:2"'), 'a:1');
  assert.equal(quotedImage('(combined from similar events): Back-off pulling image "a:1"'), 'a:1');
  assert.equal(quotedImage('Container image "a:1" already present on machine and can be accessed by the pod'), 'a:1');
  assert.equal(quotedImage('Failed to apply default image tag "A:\\\\1": couldn\'t parse'), 'A:\\1');
  assert.equal(quotedImage('Failed to inspect image "": rpc error'), null);
  assert.equal(quotedImage('Error: cannot find "a:1"'), null);
});

for (const [runtime, message, image] of [
  [
    'containerd',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.8": failed to pull image "registry.k8s.io/pause:3.8": failed',
    'registry.k8s.io/pause:3.8',
  ],
  [
    'cri-o',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = creating pod sandbox with name "k8s_web": initializing source docker://registry.k8s.io/pause:3.9: pinging container registry',
    'registry.k8s.io/pause:3.9',
  ],
  [
    'cri-dockerd',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed pulling image "registry.k8s.io/pause:3.9": Error response from daemon',
    'registry.k8s.io/pause:3.9',
  ],
  ['the network', 'Failed to create pod sandbox: plugin type="calico" failed (add): connection is unauthorized', null],
] as const) {
  test(`sandbox image of ${runtime}`, async () => {
    const uid = `sandbox-${runtime}`;
    api.put(path, event(uid, 'FailedCreatePodSandBox', message, { container: null }));
    const step = await collectEvents(api.cluster(), { namespace: 'shop', uid });
    assert.equal(step.outcome === 'done' ? step.facts.sandboxImage : assert.fail(), image);
  });
}

test('a sandbox that was made in the end is no failure', async () => {
  const message = 'Failed to create pod sandbox: failed to get sandbox image "pause:3": failed';
  api.put(
    path,
    event('u9', 'FailedCreatePodSandBox', message, { container: null }),
    event('u9', 'Pulling', 'Pulling image "a:1"', { at: '2026-03-01T10:00:09Z' }),
  );
  const step = await collectEvents(api.cluster(), { namespace: 'shop', uid: 'u9' });
  assert.equal(step.outcome === 'done' ? step.facts.sandboxImage : assert.fail(), null);
});

test('a missing permission is named', async () => {
  api.refuse('GET', /\/secret-ns\/events$/, 403, 'Forbidden', 'events is forbidden: User "u" cannot list resource "events"');
  const step = await collectEvents(api.cluster(), { namespace: 'secret-ns', uid: 'u1' });
  assert.equal(step.outcome, 'unknown');
  assert.equal(step.outcome === 'unknown' && step.obstacle.kind, 'forbidden');
  assert.equal(step.outcome === 'unknown' && step.obstacle.permission, 'list events in namespace secret-ns');
});
