import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectsIn, plannedPods } from '../../../src/playbook/check/pod-specs.ts';

const template = { spec: { containers: [{ name: 'app', image: 'a:1' }] } };
const images = (object: object) => plannedPods(object as never).flatMap((pod) => pod.images.map(({ image }) => image));

test('the pods of every kind of workload are found', () => {
  assert.deepEqual(images({ kind: 'Pod', ...template }), ['a:1']);
  assert.deepEqual(images({ kind: 'Deployment', spec: { template } }), ['a:1']);
  assert.deepEqual(images({ kind: 'CronJob', spec: { jobTemplate: { spec: { template } } } }), ['a:1']);
  assert.deepEqual(images({ kind: 'PodTemplate', template }), ['a:1']);
});

test('and those of custom resources, by their shape: several where there are several', () => {
  const group = (image: string) => ({ podTemplate: { spec: { containers: [{ name: 'x', image }] } } });
  assert.deepEqual(images({ kind: 'RayCluster', spec: { head: group('h:1'), workers: [group('w:1'), group('w:2')] } }), [
    'h:1',
    'w:1',
    'w:2',
  ]);
});

test('what a pod says of its images: all their kinds, its secrets, account and nodes', () => {
  const spec = {
    initContainers: [{ name: 'init', image: 'i:1' }],
    containers: [{ name: 'app', image: 'a:1' }, { name: 'none' }],
    volumes: [
      { name: 'data', image: { reference: 'v:1' } },
      { name: 'tmp', emptyDir: {} },
    ],
    imagePullSecrets: [{ name: 'one' }, {}, { name: 'two' }],
    serviceAccountName: 'robot',
    nodeSelector: { 'kubernetes.io/arch': 'arm64' },
  };
  const [pod] = plannedPods({ kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { template: { spec } } });
  assert.deepEqual(pod, {
    kind: 'Deployment',
    name: 'web',
    namespace: 'shop',
    images: [
      { image: 'i:1', kind: 'initContainer', container: 'init' },
      { image: 'a:1', kind: 'container', container: 'app' },
      { image: 'v:1', kind: 'imageVolume', container: 'data' },
    ],
    pullSecrets: ['one', 'two'],
    serviceAccount: 'robot',
    nodeSelector: { 'kubernetes.io/arch': 'arm64' },
  });
});

test('lists are taken apart, and what makes no pods is left alone', () => {
  const list = { kind: 'List', items: [{ kind: 'Pod', ...template }, { kind: 'PodList', items: [{ kind: 'Pod', ...template }] }, null] };
  assert.equal(objectsIn([list, null, 'text', 5]).length, 2);
  assert.deepEqual(images({ kind: 'CustomResourceDefinition', spec: { containers: [{ image: 'x' }] } }), []);
  assert.deepEqual(images({ kind: 'ConfigMap', data: { containers: 'image: x' } }), []);
});

test('objects that lead in a circle, or very deep, end', () => {
  const circle: Record<string, unknown> = { kind: 'X', spec: { template } };
  circle.self = circle;
  assert.deepEqual(images(circle), ['a:1']);
  let deep: Record<string, unknown> = {};
  for (let i = 0; i < 100_000; i++) deep = { deep };
  assert.deepEqual(images({ kind: 'X', deep }), []);
});
