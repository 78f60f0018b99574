import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { RawContainer } from '../../../src/playbook/kubernetes.ts';
import { neighboursAmong } from '../../../src/playbook/node/neighbours.ts';
import { collectNode } from '../../../src/playbook/node/node.ts';
import { usesOf } from '../../../src/playbook/node/uses.ts';
import { podFacts } from '../../../src/playbook/pod/facts.ts';
import type { ContainerFacts } from '../../../src/values/evidence.ts';
import { FakeApi, type Stored } from '../fake-api.ts';
import { event, pod, running, waiting } from '../objects.ts';

const image = 'r.example.com/web:2';
const stats = '/api/v1/nodes/node1/proxy/stats/summary';
const configz = '/api/v1/nodes/node1/proxy/configz';
const made = '2026-03-01T10:00:00Z';
const subject = podFacts(pod({ name: 'subject', image }), null);
const failing = { container: 'app', kind: 'container', image, pull: 'failing' } as const;
let api: FakeApi;

beforeEach(async () => {
  api = await FakeApi.start();
  const node = {
    metadata: { name: 'node1', uid: 'n1', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { providerID: 'aws:///eu-west-1a/i-0123' },
    status: {
      conditions: [
        {
          type: 'DiskPressure',
          status: 'False',
          reason: 'KubeletHasNoDiskPressure',
          message: 'm',
          lastTransitionTime: '2026-01-01T00:00:01Z',
        },
        { type: 'Ready', status: 'True' },
      ],
      images: [{ names: ['r.example.com/web@sha256:0', image] }, { names: ['docker.io/library/nginx:latest'] }, {}, { names: null }],
      nodeInfo: {
        operatingSystem: 'linux',
        architecture: 'arm64',
        kubeletVersion: 'v1.36.3',
        containerRuntimeVersion: 'containerd://2.3.7',
      },
    },
  };
  api.put('/api/v1/nodes', node as unknown as Stored);
  const imageFs = { time: 't', availableBytes: 60, capacityBytes: 100, usedBytes: 1, inodesFree: 25, inodes: 50 };
  api.texts.set(stats, JSON.stringify({ node: { runtime: { imageFs } } }));
});
afterEach(() => api.stop());

async function collect(images: readonly Pick<ContainerFacts, 'container' | 'kind' | 'image' | 'pull'>[] = [failing]) {
  const step = await collectNode(api.cluster(), 'node1', subject, images);
  return step.outcome === 'done' ? step.facts : assert.fail(JSON.stringify(step));
}

test('what the node says of itself', async () => {
  const { conditions, events, neighbours, ...facts } = await collect([failing, { ...failing, container: 'proxy', image: 'nginx' }]);
  assert.deepEqual(facts, {
    name: 'node1',
    platform: { os: 'linux', architecture: 'arm64' },
    kubelet: 'v1.36.3',
    runtime: 'containerd://2.3.7',
    createdAt: '2026-01-01T00:00:00Z',
    provider: 'aws:///eu-west-1a/i-0123',
    imageFs: { value: { availableBytes: 60, capacityBytes: 100, imagesBytes: 1, inodesFree: 25, inodes: 50 } },
    imagesPresent: [image, 'docker.io/library/nginx:latest'],
    imagesListed: 4,
  });
  assert.deepEqual(conditions, [
    { type: 'DiskPressure', status: 'False', reason: 'KubeletHasNoDiskPressure', message: 'm', since: '2026-01-01T00:00:01Z' },
    { type: 'Ready', status: 'True', reason: null, message: null, since: null },
  ]);
});

test('events about the disk, by name and in order, and no others', async () => {
  const about = (reason: string, name: string, at: string) =>
    event(name, reason, `${reason} said`, { container: null, at, involvedObject: { kind: 'Node', name, uid: name } });
  api.put(
    '/api/v1/namespaces/default/events',
    about('ImageGCFailed', 'node1', '2026-03-01T12:00:00Z'),
    about('FreeDiskSpaceFailed', 'node1', '2026-03-01T11:00:00Z'),
    about('InvalidDiskCapacity', 'node1', '2026-03-01T11:00:00Z'),
    about('ImageGCFailed', 'node2', '2026-03-01T11:00:00Z'),
  );
  assert.deepEqual((await collect()).events, [
    { reason: 'FreeDiskSpaceFailed', message: 'FreeDiskSpaceFailed said', last: '2026-03-01T11:00:00Z' },
    { reason: 'ImageGCFailed', message: 'ImageGCFailed said', last: '2026-03-01T12:00:00Z' },
  ]);
});

function populate(): void {
  const works = { state: running, imageID: 'sha256:1' };
  const fails = { state: waiting('ErrImagePull', 'x') };
  api.put(
    '/api/v1/namespaces/shop/pods',
    pod({ name: 'same-there', image, node: 'node2', ...works }),
    pod({ name: 'same-here', image, ...fails }),
    pod({ name: 'twin-here', image, ...fails }),
    pod({ name: 'sibling-here', image: 'r.example.com/api:1', ...works }),
    pod({ name: 'leaving', image: 'r.example.com/gone:1', ...works, created: 'x' }),
    pod({ name: 'nothing-known', image: 'r.example.com/new:1' }),
    pod({ name: 'preloaded', image: 'localhost/pause:1', ...works }),
    pod({
      name: 'imagepull-probe-1',
      image: 'r.example.com/web:imagepull-probe-1',
      labels: { 'app.kubernetes.io/managed-by': 'kubectl-imagepull' },
      ...fails,
    }),
  );
  const leaving = pod({ name: 'leaving', image: 'r.example.com/gone:1', ...works });
  api.put('/api/v1/namespaces/shop/pods', {
    ...leaving,
    metadata: { ...leaving.metadata, deletionTimestamp: '2026-03-01T10:00:00Z' },
  } as Stored);
  api.put(
    '/api/v1/namespaces/kube-system/pods',
    pod({ name: 'dns', namespace: 'kube-system', image: 'registry.k8s.io/coredns:1', ...works }),
  );
}

test('neighbours: the same image, the same registry, other registries; each image and node once', async () => {
  populate();
  assert.deepEqual((await collect()).neighbours, {
    value: [
      {
        container: 'app',
        kind: 'container',
        sameImageWorks: [{ pod: 'shop/same-there', node: 'node2' }],
        sameImageFails: [
          { pod: 'shop/same-here', node: 'node1' },
          { pod: 'shop/twin-here', node: 'node1' },
        ],
        sameRegistryHere: { works: 1, fails: 1 },
        sameRegistryElsewhere: { works: 1, fails: 0 },
        otherRegistriesHere: { works: 1, fails: 0 },
        failures: [{ where: 'here', image, node: 'node1', waiting: { reason: 'ErrImagePull', message: 'x' } }],
        timesHere: { newestWorking: made, oldestFailing: made, newestPulled: null },
        timesElsewhere: { newestWorking: made, oldestFailing: null, newestPulled: null },
      },
    ],
  });
});

test('neighbours of a registry are known however its host is written, and those that write it alike are told apart', () => {
  const use = (name: string, works: boolean, at: string, more: Partial<RawContainer> = {}) => {
    const state = works
      ? { running: { startedAt: at } }
      : { waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${name}"` } };
    const raw = pod({ name: at, image: name, state, created: at });
    return { ...raw, spec: { ...raw.spec, containers: raw.spec.containers.map((container) => ({ ...container, ...more })) } };
  };
  const pods = [
    use('r.example.com/api:1', true, '2026-03-01T09:00:00Z', { imagePullPolicy: 'Always' }),
    use('r.example.com:443/other:1', true, '2026-03-01T10:00:00Z', { imagePullPolicy: 'IfNotPresent' }),
    use('R.Example.com/web:2', false, '2026-03-01T10:01:00Z'),
    use('R.Example.com/job:2', false, '2026-03-01T10:02:00Z'),
  ];
  const among = (image: string) => neighboursAmong(subject, [{ container: 'app', kind: 'container', image }], usesOf(pods))[0];
  const [small, large] = [among('r.example.com/web:2'), among('R.Example.com/web:2')];
  assert.deepEqual([small?.sameRegistryHere, small?.sameImageFails.length, small?.asWritten], [{ works: 2, fails: 2 }, 1, undefined]);
  assert.deepEqual(
    [large?.sameRegistryHere, large?.sameImageFails.length, large?.asWritten],
    [{ works: 2, fails: 2 }, 1, { works: 0, fails: 2 }],
  );
  assert.equal(small?.timesHere?.newestWorking, '2026-03-01T10:00:00Z');
  assert.equal(small?.timesHere?.newestPulled, '2026-03-01T09:00:00Z', 'the other may have found it on the node');
});

test('an image that is on the node, and cannot be run, does not fail with its registry', () => {
  const told = 'failed to generate container "1" spec: failed to generate spec: no command specified';
  const chart = pod({ name: 'chart', image: 'r.example.com/chart:1', state: waiting('CreateContainerError', told) });
  const lost = pod({ name: 'lost', image: 'r.example.com/lost:1', state: waiting('ErrImagePull', 'no such host') });
  const [only] = neighboursAmong(subject, [failing], usesOf([chart, lost]));
  assert.deepEqual(only?.sameRegistryHere, { works: 0, fails: 1 });
  assert.deepEqual(
    only?.failures?.map((failure) => failure.image),
    ['r.example.com/lost:1'],
  );
  const [own] = neighboursAmong(subject, [{ ...failing, image: 'r.example.com/chart:1' }], usesOf([chart]));
  assert.equal(own?.sameImageFails.length, 1, 'the same image fails alike');
});

test('of neighbours that fail the words are kept, ten of each place, those first that say why', () => {
  const fails = (name: string, message: string) =>
    pod({ name, image: `r.example.com/${name}:1`, state: waiting('ImagePullBackOff', message) });
  const mute = (name: string) => fails(name, `Back-off pulling image "r.example.com/${name}:1"`);
  const pods = [
    ...Array.from({ length: 12 }, (_, i) => mute(`mute-${i}`)),
    fails('told', 'ErrImagePull: no such host'),
    fails('long', 'x'.repeat(9000)),
  ];
  const [only] = neighboursAmong(subject, [failing], usesOf(pods));
  assert.deepEqual(only?.failures?.map(({ image }) => image.replace(/^.*\/|:1$/g, '')).slice(0, 3), ['told', 'long', 'mute-0']);
  assert.equal(only?.failures?.length, 10);
  assert.ok((only?.failures?.[1]?.waiting?.message?.length ?? 0) < 1100);
  assert.deepEqual(only?.sameRegistryHere, { works: 0, fails: 14 });
});

test('who may not list all pods learns of this namespace', async () => {
  populate();
  api.refuse('GET', /^\/api\/v1\/pods$/, 403, 'Forbidden', 'pods is forbidden: User "u" cannot list resource "pods"');
  const { neighbours } = await collect();
  const first = 'value' in neighbours ? neighbours.value[0] : assert.fail();
  assert.deepEqual(
    [first?.sameRegistryHere, first?.otherRegistriesHere],
    [
      { works: 1, fails: 1 },
      { works: 0, fails: 0 },
    ],
  );
  assert.deepEqual([first?.namespace, first?.unlisted?.permission], ['shop', 'list pods in all namespaces']);
});

test('what may not be read is an obstacle that names the permission, and the rest stays', async () => {
  api.refuse(
    'GET',
    /\/stats\/summary$/,
    403,
    'Forbidden',
    'nodes "node1" is forbidden: User "u" cannot get resource "nodes" in API group ""',
  );
  api.refuse('GET', /\/pods$/, 403, 'Forbidden', 'pods is forbidden: User "u" cannot list resource "pods"');
  api.refuse('GET', /\/events$/, 403, 'Forbidden', 'events is forbidden: User "u" cannot list resource "events"');
  const { imageFs, neighbours, events } = await collect();
  assert.deepEqual(
    [imageFs, neighbours].map((reading) => 'obstacle' in reading && [reading.obstacle.kind, reading.obstacle.permission]),
    [
      ['forbidden', 'get nodes/proxy'],
      ['forbidden', 'list pods in namespace shop'],
    ],
  );
  assert.deepEqual(events, []);
});

test('who may not read nodes keeps the rest', async () => {
  populate();
  const message = 'nodes "node1" is forbidden: User "u" cannot get resource "nodes" in API group ""';
  api.refuse('GET', /\/nodes\/node1$/, 403, 'Forbidden', message);
  const { unread, platform, conditions, neighbours, imageFs } = await collect();
  assert.deepEqual([unread?.kind, unread?.permission, platform.os, conditions], ['forbidden', 'get nodes', '', []]);
  assert.ok('value' in imageFs);
  assert.equal('value' in neighbours && neighbours.value[0]?.sameImageFails.length, 2);
});

test('a node that is gone keeps its neighbours; an API server that fails has no facts', async () => {
  api.remove('/api/v1/nodes/node1');
  assert.equal((await collect()).unread?.kind, 'not-found');
  api.refuse('GET', /\/nodes\/node1$/, 500, 'InternalError', 'etcd is gone');
  const step = await collectNode(api.cluster(), 'node1', subject, [failing]);
  assert.equal(step.outcome, 'unknown');
});

test('who wrote most, where room is short', async () => {
  const wrote = (name: string, usedBytes?: number) => ({ podRef: { namespace: 'shop', name }, 'ephemeral-storage': { usedBytes } });
  const pods = [wrote('a', 5), wrote('silent'), wrote('b', 50), wrote('c', 7), wrote('d', 6)];
  const summary = (imageFs: object) => api.texts.set(stats, JSON.stringify({ node: { runtime: { imageFs } }, pods }));
  const writers = async () => {
    const { imageFs } = await collect();
    return 'value' in imageFs ? imageFs.value.writers?.map(({ pod, bytes }) => `${pod} ${bytes}`) : [];
  };
  summary({ availableBytes: 10, capacityBytes: 100 });
  assert.deepEqual(await writers(), ['shop/b 50', 'shop/c 7', 'shop/d 6']);
  summary({ availableBytes: 60, capacityBytes: 100, inodesFree: 1, inodes: 100 });
  assert.equal((await writers())?.length, 3, 'short of inodes');
  summary({ availableBytes: 60, capacityBytes: 100 });
  assert.equal(await writers(), undefined);
});

test("the kubelet's configuration is read where it explains something, and only there", async () => {
  const evictionHard = { 'imagefs.available': '15%', 'nodefs.available': '10%' };
  api.texts.set(configz, JSON.stringify({ kubeletconfig: { evictionHard, serializeImagePulls: true, registryPullQPS: 5 } }));
  assert.equal((await collect()).kubeletConfig, undefined);
  const { kubeletConfig } = await collect([{ ...failing, pull: 'pulling' }]);
  assert.deepEqual(kubeletConfig, {
    value: {
      evictionHard,
      imageGCHighThresholdPercent: null,
      serializeImagePulls: true,
      maxParallelImagePulls: null,
      registryPullQPS: 5,
      registryBurst: null,
      credentialVerification: null,
    },
  });
  api.texts.set(stats, JSON.stringify({ node: { runtime: { imageFs: { availableBytes: 10, capacityBytes: 100 } } } }));
  assert.ok((await collect()).kubeletConfig, 'the disk is nearly full');
});

test('a list that was cut short says so, and so does one of a single namespace', async () => {
  const many = Array.from({ length: 5001 }, (_, i) => pod({ name: `p${i}`, image: `r.example.com/i${i}:1`, state: running }));
  api.put('/api/v1/namespaces/shop/pods', ...many);
  const first = async () => {
    const { neighbours } = await collect();
    return 'value' in neighbours ? neighbours.value[0] : assert.fail();
  };
  assert.deepEqual([(await first())?.cut, (await first())?.namespace], [true, undefined]);
  api.refuse('GET', /^\/api\/v1\/pods$/, 403, 'Forbidden', 'pods is forbidden: User "u" cannot list resource "pods"');
  assert.deepEqual((await first())?.namespace, 'shop');
});

test('no pods are listed where no image is lacking', async () => {
  const { neighbours } = await collect([{ ...failing, pull: 'pulled' }]);
  assert.deepEqual(neighbours, { value: [] });
  assert.ok(!api.log.some((line) => line.endsWith('/pods')));
});
