import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Inspect } from '../../../src/playbook/registry.ts';
import { rememberingRegistry } from '../../../src/playbook/scan/registry-memory.ts';
import { sharingCluster } from '../../../src/playbook/scan/sharing-cluster.ts';
import type { ImageAnswers } from '../../../src/registry/inspect-image.ts';
import type { AttemptResult, Reference } from '../../../src/values/evidence.ts';
import { turns } from '../../../src/values/turns.ts';
import { apiServer } from './api.ts';

test('at most ten requests are under way, and all are answered', async () => {
  const api = await apiServer(async ({ path }) => {
    await sleep(5);
    return { body: { path } };
  });
  const cluster = sharingCluster(api.cluster);
  const paths = Array.from({ length: 60 }, (_, i) => `/api/v1/namespaces/a/pods/${i}`);
  const answers = await Promise.all(paths.map((path) => cluster.get<{ path: string }>(path)));
  api.stop();
  assert.deepEqual(
    answers.map(({ path }) => path),
    paths,
  );
  assert.ok(api.mostUnderWay() <= 10, String(api.mostUnderWay()));
});

test('a Secret, a service account and a node are read once, a failure included; pods are not remembered', async () => {
  const api = await apiServer(({ path }) => (path.includes('gone') ? { code: 404, body: {} } : { body: {} }));
  const cluster = sharingCluster(api.cluster);
  const shared = [
    '/api/v1/namespaces/a/secrets/x',
    '/api/v1/namespaces/b/secrets/x',
    '/api/v1/namespaces/a/serviceaccounts/default',
    '/api/v1/nodes/n1',
    '/api/v1/nodes/gone',
  ];
  for (let turn = 0; turn < 3; turn++) {
    await Promise.allSettled([...shared, '/api/v1/pods'].map((path) => cluster.get(path)));
  }
  api.stop();
  const count = (path: string) => api.log.filter((asked) => asked.path === path).length;
  assert.deepEqual(shared.map(count), [1, 1, 1, 1, 1]);
  assert.equal(count('/api/v1/pods'), 3);
});

test('an API server that asks for time gets it', async () => {
  let refused = 0;
  const api = await apiServer(() => (refused++ < 2 ? { code: 429, headers: { 'retry-after': '1' }, body: {} } : { body: { done: true } }));
  const start = performance.now();
  assert.deepEqual(await sharingCluster(api.cluster).get('/api/v1/pods'), { done: true });
  api.stop();
  assert.ok(performance.now() - start >= 1990);
});

test('a task that fails gives its turn to the next', async () => {
  const turn = turns(1);
  const results = await Promise.allSettled([turn(async () => Promise.reject(new Error('no'))), turn(async () => 2)]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
});

const reference = (registry: string, repository: string): Reference => ({ registry, repository, tag: '1', digest: null });

function registry(result: AttemptResult) {
  const asked: string[] = [];
  const ask: Inspect = async ({ registry, repository }) => {
    asked.push(`${registry}/${repository}`);
    await sleep(1);
    const attempts = [{ credential: null, result, authenticated: null, exchanges: [] }];
    return { host: registry, attempts, tags: null, manifest: null, rateLimit: null, blob: null } satisfies ImageAnswers;
  };
  return { asked, ...rememberingRegistry(ask, () => {}) };
}

const login = (password: string) => [{ secret: 'regcred', key: 'r', user: 'u', password }];
const node = { os: 'linux', architecture: 'amd64' };

test('a registry is asked each distinct question once: another password is another question', async () => {
  const { asked, inspect } = registry('found');
  await Promise.all([
    inspect(reference('r', 'a'), [], node),
    inspect(reference('r', 'a'), [], node),
    inspect(reference('r', 'a'), login('one'), node),
    inspect(reference('r', 'a'), login('one'), node),
    inspect(reference('r', 'a'), login('two'), node),
    inspect(reference('r', 'b'), [], node),
  ]);
  assert.deepEqual(asked.sort(), ['r/a', 'r/a', 'r/a', 'r/b']);
});

test('a registry that cannot be reached is asked once in all, and others still', async () => {
  const { asked, inspect } = registry('unreachable');
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => inspect(reference('dead', name), login('one'), node)));
  await inspect(reference('other', 'a'), [], node);
  assert.deepEqual(asked, ['dead/a', 'other/a']);
  assert.ok(answers.every(({ attempts }) => attempts.every(({ result }) => result === 'unreachable')));
});
