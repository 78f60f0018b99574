import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, type Cluster } from '../../src/cluster/cluster.ts';
import { collectSpec } from '../../src/playbook/spec.ts';
import type { ContainerFacts } from '../../src/values/evidence.ts';

const container = (name: string, image: string) =>
  ({ container: name, kind: 'container', image, pullPolicy: 'Always' }) as unknown as ContainerFacts;
const pod = {
  metadata: { namespace: 'shop', name: 'web', uid: 'u' },
  spec: {
    serviceAccountName: 'builder',
    imagePullSecrets: [{ name: 'one' }, {}, { name: 'two' }],
    nodeSelector: { disk: 'ssd' },
    containers: [],
  },
};

test('images are parsed, and pull secrets of pod and account listed', async () => {
  const paths: string[] = [];
  const get = async (path: string) => {
    paths.push(path);
    return { imagePullSecrets: [{ name: 'three' }] };
  };
  const cluster = { get } as unknown as Cluster;
  const step = await collectSpec(cluster, pod, [container('app', 'nginx'), container('bad', 'https://registry.test/app:1')]);
  assert.ok(step.outcome === 'done');
  assert.deepEqual(paths, ['/api/v1/namespaces/shop/serviceaccounts/builder']);
  assert.deepEqual(step.facts.pullSecrets, ['one', 'two']);
  assert.deepEqual(step.facts.serviceAccount, { value: { name: 'builder', pullSecrets: ['three'] } });
  assert.deepEqual(step.facts.nodeSelector, { disk: 'ssd' });
  assert.deepEqual(step.facts.images[0]?.defaults, ['docker.io', 'library/', ':latest']);
  assert.deepEqual(step.facts.images[1]?.invalid, { message: 'invalid reference format', suggestion: 'registry.test/app:1' });
});

test('an account that may not be read is an obstacle inside a step that did its work', async () => {
  const forbidden = new ApiError(
    403,
    'Forbidden',
    'serviceaccounts "builder" is forbidden: User "me" cannot get resource "serviceaccounts" in API group ""',
  );
  const cluster = { get: () => Promise.reject(forbidden) } as unknown as Cluster;
  const step = await collectSpec(cluster, pod, [container('app', 'nginx')]);
  assert.ok(step.outcome === 'done');
  assert.ok('obstacle' in step.facts.serviceAccount);
  assert.equal(step.facts.serviceAccount.obstacle.permission, 'get serviceaccounts in namespace shop');
});
