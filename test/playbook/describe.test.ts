import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { describePod, settlePulls } from '../../src/playbook/describe.ts';
import { readEvent } from '../../src/playbook/events.ts';
import type { RawPod } from '../../src/playbook/kubernetes.ts';
import { isFailing, readContainers } from '../../src/playbook/pod/containers.ts';
import { podFacts } from '../../src/playbook/pod/facts.ts';
import type { EventsFacts, Step } from '../../src/values/evidence.ts';
import { FakeApi } from './fake-api.ts';
import { event, pod, running, waiting } from './objects.ts';

const image = 'registry.example.com/team/app:v1';
const noEvents: Promise<Step<EventsFacts>> = Promise.resolve({
  outcome: 'done',
  milliseconds: 0,
  facts: { events: [], sandboxImage: null },
});
let api: FakeApi;
before(async () => {
  api = await FakeApi.start();
});
after(() => api.stop());

async function describe(subject: RawPod, events = noEvents) {
  const step = await describePod(api.cluster(), subject, events);
  return step.outcome === 'done' ? step.facts.containers : assert.fail();
}

for (const [reason, message, pull] of [
  ['ErrImagePull', 'not found', 'failing'],
  ['ImagePullBackOff', `Back-off pulling image "${image}"`, 'failing'],
  ['InvalidImageName', 'Failed to apply default image tag', 'failing'],
  ['ErrImageNeverPull', 'Container image is not present', 'failing'],
  ['ImageInspectError', 'Failed to inspect image ""', 'failing'],
  ['RegistryUnavailable', 'image pull failed', 'failing'],
  ['SignatureValidationFailed', 'image pull failed', 'failing'],
  ['illegal base64 data at input byte 4', 'illegal base64 data at input byte 4', 'failing'],
  ['EOF', 'EOF', 'failing'],
  ['CreateContainerError', 'failed to generate spec: no command specified', 'failing'],
  ['CreateContainerError', 'failed to reserve container name "app_web": name is reserved', 'pulled'],
  ['RunContainerError', 'runc create failed: exec /app: exec format error', 'failing'],
  ['RunContainerError', 'failed to mount "/data": permission denied', 'pulled'],
  ['CreateContainerConfigError', 'secret "db" not found', 'pulled'],
  ['CrashLoopBackOff', 'back-off 10s restarting failed container', 'pulled'],
  ['ContainerCreating', undefined, 'unknown'],
  ['PodInitializing', undefined, 'unknown'],
] as const) {
  test(`waiting: ${reason}: ${message ?? ''} is ${pull}`, () => {
    const subject = pod({ state: waiting(reason, message) });
    assert.equal(readContainers(subject)[0]?.pull, pull);
    assert.equal(isFailing(subject), pull === 'failing');
  });
}

test('running and ended containers have their image; one that never began may not', () => {
  assert.equal(readContainers(pod({ state: running }))[0]?.pull, 'pulled');
  assert.equal(readContainers(pod({ state: { terminated: { exitCode: 1, startedAt: '2026-03-01T10:00:00Z' } } }))[0]?.pull, 'pulled');
  assert.equal(readContainers(pod({ state: { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown' } } }))[0]?.pull, 'unknown');
});

test('every kind of container, with the place of its status', () => {
  const subject = pod({
    spec: {
      containers: [
        { name: 'app', image },
        { name: 'late', image: 'a/late' },
      ],
      initContainers: [{ name: 'setup', image: 'a/setup:1', imagePullPolicy: 'Always' }],
      ephemeralContainers: [{ name: 'debug', image: 'busybox' }],
    },
    status: {
      initContainerStatuses: [{ name: 'setup', state: waiting('ErrImagePull', 'not found') as object }],
      containerStatuses: [{ name: 'app', state: waiting('PodInitializing') as object }],
    },
  });
  assert.deepEqual(
    readContainers(subject).map(({ kind, container, pull, pullPolicy, source }) => ({ kind, container, pull, pullPolicy, source })),
    [
      { kind: 'initContainer', container: 'setup', pull: 'failing', pullPolicy: 'Always', source: 'status.initContainerStatuses[0]' },
      { kind: 'container', container: 'app', pull: 'unknown', pullPolicy: 'IfNotPresent', source: 'status.containerStatuses[0]' },
      { kind: 'container', container: 'late', pull: 'unknown', pullPolicy: 'Always', source: 'spec.containers' },
      { kind: 'ephemeralContainer', container: 'debug', pull: 'unknown', pullPolicy: 'Always', source: 'spec.ephemeralContainers' },
    ],
  );
});

const volumeImage = 'ghcr.io/models/weights:v2';
const mounting = (message: string, reason = 'ImagePullBackOff') =>
  pod({
    state: waiting(reason, message),
    spec: {
      containers: [{ name: 'app', image, volumeMounts: [{ name: 'weights' }] }],
      volumes: [{ name: 'weights', image: { reference: volumeImage, pullPolicy: 'IfNotPresent' } }, { name: 'tmp' }],
    },
  });

for (const [what, message, reason] of [
  ['back-off', `Back-off pulling image "${volumeImage}": ErrImagePull: not found`, 'ImagePullBackOff'],
  ['containerd', `failed to pull and unpack image "${volumeImage}": failed to resolve image: ${volumeImage}: not found`, 'ErrImagePull'],
  ['CRI-O', `initializing source docker://${volumeImage}: reading manifest v2`, 'ErrImagePull'],
  ['mount', 'ImageVolumeMountFailed: failed to mount', 'CreateContainerError'],
] as const) {
  test(`an image volume's failure is the volume's (${what})`, () => {
    const [app, weights] = readContainers(mounting(message, reason));
    assert.deepEqual([app?.kind, app?.pull, app?.waiting], ['container', 'unknown', null]);
    assert.deepEqual(
      [weights?.kind, weights?.container, weights?.image, weights?.pull],
      ['imageVolume', 'weights', volumeImage, 'failing'],
    );
    assert.deepEqual(weights?.waiting, { reason, message });
    assert.equal(weights?.source, 'status.containerStatuses[0]');
  });
}

test("a container's own failure stays its own, though it mounts an image volume", () => {
  for (const message of [
    `Back-off pulling image "${image}"`,
    `failed to pull and unpack image "${volumeImage}-large": not found`,
    `Back-off pulling image "${image}": ErrImagePull: not like ${volumeImage} at all`,
  ]) {
    const [app, weights] = readContainers(mounting(message));
    assert.deepEqual([app?.pull, weights?.pull], ['failing', 'unknown']);
  }
});

test('ContainerCreating: the newest event of this container and this image decides', async () => {
  const subject = pod();
  const settle = (...events: [string, string, string?][]) => {
    const read = events.map(([reason, message, container]) =>
      readEvent(event('u', reason, message, { container: container ?? 'app' }) as never),
    );
    return settlePulls(readContainers(subject), read, false)[0]?.pull;
  };
  assert.equal(settle(), 'unknown');
  assert.equal(settle(['Pulling', `Pulling image "${image}"`]), 'pulling');
  assert.equal(settle(['Pulling', `Pulling image "${image}"`, 'other']), 'unknown');
  assert.equal(settle(['Pulling', 'Pulling image "registry.example.com/team/app:old"']), 'unknown');
  assert.equal(settle(['Pulling', `Pulling image "${image}"`], ['Pulled', `Successfully pulled image "${image}" in 1s`]), 'pulled');
  assert.equal(settle(['Pulling', `Pulling image "${image}"`], ['Failed', `Failed to pull image "${image}": x`]), 'failing');
  assert.equal(settle(['Failed', 'Error: cannot find volume']), 'unknown');
});

test('with the sandbox up and no event, a container that is being created is pulling or queued for it', async () => {
  const conditions = [{ type: 'PodReadyToStartContainers', status: 'True' }];
  assert.equal((await describe(pod({ status: { conditions } })))[0]?.pull, 'pulling');
  assert.equal(
    (await describe(pod({ status: { conditions: [{ type: 'PodReadyToStartContainers', status: 'False' }] } })))[0]?.pull,
    'unknown',
  );
});

const ended = (seconds: number) => ({
  terminated: { reason: 'Error', exitCode: 255, startedAt: '2026-03-01T10:00:00Z', finishedAt: `2026-03-01T10:00:0${seconds}Z` },
});

test('the log is read only of a container that ended at once, and kept only where it tells of a foreign platform', async () => {
  const path = '/api/v1/namespaces/shop/pods/web/log';
  api.texts.set(path, 'exec /bin/app: exec format error\n');
  const crashing = pod({ state: waiting('CrashLoopBackOff'), lastState: ended(0), imageID: 'sha256:1' });
  const [app] = await describe(crashing);
  assert.equal(app?.log, 'exec /bin/app: exec format error');
  assert.equal(app?.terminated?.ranMilliseconds, 0);

  api.texts.set(path, 'cannot log in with password hunter2\n');
  assert.equal((await describe(crashing))[0]?.log, null);

  api.log.length = 0;
  assert.equal((await describe(pod({ state: waiting('CrashLoopBackOff'), lastState: ended(5) })))[0]?.log, null);
  assert.deepEqual(api.log, []);
});

test('a log that may not be read fails nothing', async () => {
  const crashing = pod({ namespace: 'closed', state: waiting('CrashLoopBackOff'), lastState: ended(0) });
  api.refuse('GET', /\/closed\/pods\/web\/log$/, 403, 'Forbidden', 'pods "web" is forbidden');
  assert.equal((await describe(crashing))[0]?.log, null);
});

test('the pod itself', () => {
  const unscheduled = pod({
    node: '',
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available' }],
    },
  });
  const { node, unscheduled: why, owner } = podFacts(unscheduled, { kind: 'Deployment', name: 'web' });
  assert.deepEqual({ node, why, owner }, { node: null, why: '0/3 nodes are available', owner: { kind: 'Deployment', name: 'web' } });
  const evicted = podFacts(
    pod({ status: { phase: 'Failed', reason: 'Evicted', message: 'The node had condition: [DiskPressure]. ' } }),
    null,
  );
  assert.deepEqual([evicted.phase, evicted.reason, evicted.unscheduled], ['Failed', 'Evicted', null]);
});

test('the Job between a pod and its CronJob is named, and no other owner between', () => {
  const made = pod({ owner: { kind: 'Job', name: 'nightly-29384', uid: 'j' } });
  assert.equal(podFacts(made, { kind: 'CronJob', name: 'nightly' }).job, 'nightly-29384');
  assert.equal(podFacts(made, { kind: 'Job', name: 'nightly-29384' }).job, undefined);
  assert.equal(
    podFacts(pod({ owner: { kind: 'ReplicaSet', name: 'web-1', uid: 'r' } }), { kind: 'Deployment', name: 'web' }).job,
    undefined,
  );
});
