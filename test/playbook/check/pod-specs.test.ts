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
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { template: { spec } } };
  const [pod] = plannedPods(object, 'web.yaml');
  const at = 'spec.template.spec.';
  assert.deepEqual(pod, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'web',
    file: 'web.yaml',
    namespace: 'shop',
    images: [
      { image: 'i:1', kind: 'initContainer', container: 'init', neverPulled: false, path: `${at}initContainers[0].image` },
      { image: 'a:1', kind: 'container', container: 'app', neverPulled: false, path: `${at}containers[0].image` },
      { image: '', kind: 'container', container: 'none', neverPulled: false, path: `${at}containers[1].image` },
      { image: 'v:1', kind: 'imageVolume', container: 'data', neverPulled: false, path: `${at}volumes[0].image.reference` },
    ],
    pullSecrets: ['one', 'two'],
    serviceAccount: 'robot',
    demands: { nodeName: null, labels: { 'kubernetes.io/arch': 'arm64' }, terms: null },
  });
});

test('a container without image is a row, in the kinds that Kubernetes knows also where all lack it', () => {
  const bare = { containers: [{ name: 'app' }], volumes: [{ name: 'v', image: {} }] };
  const paths = (object: object) => plannedPods(object as never).flatMap((pod) => pod.images.map(({ path }) => path));
  assert.deepEqual(paths({ kind: 'Pod', spec: bare }), ['spec.containers[0].image', 'spec.volumes[0].image.reference']);
  assert.deepEqual(paths({ kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: bare } } } } }), [
    'spec.jobTemplate.spec.template.spec.containers[0].image',
  ]);
  assert.deepEqual(paths({ kind: 'Prometheus', spec: bare }), []);
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
