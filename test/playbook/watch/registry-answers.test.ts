import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { registryAnswers } from '../../../src/playbook/watch/registry-answers.ts';
import type { ImageSpec } from '../../../src/values/evidence.ts';
import { authority, errors, json, serve } from '../../registry/servers.ts';

const type = 'application/vnd.oci.image.manifest.v1+json';

/** A registry on loopback in which one tag may or may not be. */
async function registry(t: TestContext) {
  const state = { there: false, down: false };
  const { port, seen } = await serve(t, () => ({
    '127.0.0.1': (request, response) => {
      if (state.down) return void response.writeHead(503).end();
      if (request.url?.includes('/tags/')) return json(response, 200, { tags: ['v0'] });
      if (!state.there) return json(response, 404, errors('MANIFEST_UNKNOWN'));
      response.writeHead(200, { 'content-type': type, 'docker-content-digest': `sha256:${'a'.repeat(64)}` }).end();
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
