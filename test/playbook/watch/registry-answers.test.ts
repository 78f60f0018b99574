import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { Inspect } from '../../../src/playbook/registry.ts';
import { registryAnswers } from '../../../src/playbook/watch/registry-answers.ts';
import type { ImageSpec } from '../../../src/values/evidence.ts';
import { authority, errors, json, serve } from '../../registry/servers.ts';

const type = 'application/vnd.oci.image.manifest.v1+json';
const manifest = JSON.stringify({ schemaVersion: 2, mediaType: type });
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;

/** A registry on loopback in which one tag may or may not be. */
async function registry(
  t: TestContext,
  headers: Readonly<Record<string, string>> = { 'content-type': type, 'docker-content-digest': digest },
) {
  const state = { there: false, down: false, body: manifest };
  const { port, seen } = await serve(t, () => ({
    '127.0.0.1': (request, response) => {
      if (state.down) return void response.writeHead(503).end();
      if (request.url?.includes('/tags/')) return json(response, 200, { tags: ['v0'] });
      if (!state.there) return json(response, 404, errors('MANIFEST_UNKNOWN'));
      response.writeHead(200, headers).end(request.method === 'GET' ? state.body : undefined);
    },
  }));
  const image: ImageSpec = {
    container: 'app',
    kind: 'container',
    image: `127.0.0.1:${port}/team/app:v1`,
    reference: { registry: `127.0.0.1:${port}`, repository: 'team/app', tag: 'v1', digest: null },
    invalid: null,
    defaults: [],
    pullPolicy: 'Always',
  };
  const answers = registryAnswers();
  const options = { enabled: true, timeoutMilliseconds: 5000, env: {}, registryCa: authority.certificate };
  const collect = async () => {
    answers.nextRound();
    const step = await answers.collect([image], new Map(), null, options);
    return step.outcome === 'done' ? step.facts.images[0]?.attempts[0]?.result : step;
  };
  return { state, seen, collect, recheck: () => answers.recheck({ env: {}, registryCa: authority.certificate }), image };
}

test('the same question is asked once; a look back asks by HEAD alone', async (t) => {
  const { seen, collect, recheck } = await registry(t);
  assert.equal(await collect(), 'manifest-unknown');
  const asked = seen.length;
  assert.equal(await collect(), 'manifest-unknown');
  assert.equal(seen.length, asked);
  assert.deepEqual(await recheck(), []);
  assert.deepEqual([...new Set(seen.slice(asked).map(({ method }) => method))], ['HEAD']);
});

test('pods on nodes of two platforms, which are still being read, are two questions', async () => {
  const answers = registryAnswers();
  const asked: (string | undefined)[] = [];
  const inspect: Inspect = async (_reference, _logins, node) => {
    asked.push(node?.architecture);
    return { attempts: [] } as unknown as Awaited<ReturnType<Inspect>>;
  };
  const image: ImageSpec = {
    container: 'app',
    kind: 'container',
    image: 'r.example.com/app:v1',
    reference: { registry: 'r.example.com', repository: 'app', tag: 'v1', digest: null },
    invalid: null,
    defaults: [],
    pullPolicy: 'Always',
  };
  const options = { enabled: true, timeoutMilliseconds: 1000, env: {} };
  for (const architecture of ['amd64', 'arm64', 'amd64'])
    await answers.collect([image], new Map(), Promise.resolve({ os: 'linux', architecture }), options, inspect);
  assert.deepEqual(asked, ['amd64', 'arm64']);
});

test('where the registry answers otherwise it is said, and asked in full again', async (t) => {
  const { state, collect, recheck, image } = await registry(t);
  await collect();
  state.there = true;
  assert.deepEqual(await recheck(), [{ image: image.image, before: 'manifest-unknown', now: 'found' }]);
  assert.equal(await collect(), 'found');
  assert.deepEqual(await recheck(), []);
  state.down = true;
  assert.deepEqual(await recheck(), [{ image: image.image, before: 'found', now: 'unavailable' }]);
});

test('a registry that does not say of what type its manifests are is watched as well', async (t) => {
  const { state, collect, recheck, image } = await registry(t, {});
  assert.equal(await collect(), 'manifest-unknown');
  state.there = true;
  assert.deepEqual(await recheck(), [{ image: image.image, before: 'manifest-unknown', now: 'found' }]);
  assert.equal(await collect(), 'found');
  assert.deepEqual(await recheck(), []);
});

test('what was no manifest by its body is none as long as HEAD only says that something is there', async (t) => {
  const { state, collect, recheck } = await registry(t, {});
  state.there = true;
  state.body = '{}';
  assert.equal(await collect(), 'bad-response');
  assert.deepEqual(await recheck(), []);
});
