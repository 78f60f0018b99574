import assert from 'node:assert/strict';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { parseReference } from '../../src/image/reference.ts';
import { collectRegistry } from '../../src/playbook/registry.ts';
import type { ImageSpec } from '../../src/values/evidence.ts';
import { authority, errors, json, serve } from '../registry/servers.ts';

function image(container: string, text: string): ImageSpec {
  const parsed = parseReference(text);
  return {
    container,
    kind: 'container',
    image: text,
    reference: 'reference' in parsed ? parsed.reference : null,
    invalid: null,
    defaults: [],
    pullPolicy: 'Always',
  };
}
const options = { timeoutMilliseconds: 5000, registryCa: authority.certificate, env: {}, enabled: true };

test('the same question is asked once, and answered for each container', async (t) => {
  const { port, seen } = await serve(t, () => ({
    '127.0.0.1': (request, response) =>
      request.url?.includes('/tags/') ? json(response, 200, { tags: ['1'] }) : json(response, 404, errors('MANIFEST_UNKNOWN')),
  }));
  const images = [image('a', `127.0.0.1:${port}/app:2`), image('b', `127.0.0.1:${port}/app:2`), image('c', `127.0.0.1:${port}/app:3`)];
  const step = await collectRegistry(images, new Map(), null, options);
  assert.ok(step.outcome === 'done');
  assert.deepEqual(
    step.facts.images.map(({ container, attempts }) => [container, attempts[0]?.result]),
    [
      ['a', 'manifest-unknown'],
      ['b', 'manifest-unknown'],
      ['c', 'manifest-unknown'],
    ],
  );
  assert.equal(seen.filter(({ url }) => /\/manifests\/[23]$/.test(url)).length, 2);
});

test('it is skipped where it is not wanted, and where there is nothing to ask', async () => {
  const outcome = async (images: readonly ImageSpec[], enabled = true) =>
    (await collectRegistry(images, new Map(), null, { ...options, enabled })).outcome;
  assert.equal(await outcome([image('a', '127.0.0.1:1/app:1')], false), 'skipped');
  assert.equal(await outcome([]), 'skipped');
  assert.equal(await outcome([image('a', 'BAD:')]), 'skipped');
});

test('it ends in the time given, with what it has', async (t) => {
  const { port } = await serve(t, () => ({ '127.0.0.1': () => {} }));
  const started = performance.now();
  const step = await collectRegistry([image('a', `127.0.0.1:${port}/app:1`)], new Map(), null, { ...options, timeoutMilliseconds: 300 });
  assert.ok(performance.now() - started < 1500);
  assert.ok(step.outcome === 'done');
  assert.equal(step.facts.images[0]?.attempts[0]?.exchanges[0]?.fault?.code, 'out-of-time');
  assert.equal(step.facts.images[0]?.attempts[0]?.result, 'not-asked');
});

test('through a proxy: the registry behind it, its own failures as its own, NO_PROXY honoured', async (t) => {
  const { port, seen } = await serve(t, () => ({
    '127.0.0.1': (_, response) => json(response, 403, errors('DENIED')),
    'registry.example.test': (_, response) => json(response, 403, errors('DENIED')),
  }));
  const proxy = http.createServer();
  let answer = 'HTTP/1.1 200 OK\r\n\r\n';
  proxy.on('connect', (_, client) => {
    client.write(answer);
    if (!answer.includes(' 200 ')) return void client.end();
    const upstream = net.connect(port, '127.0.0.1').on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
  t.after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const ask = async (env: Record<string, string>, host = 'registry.example.test') => {
    const step = await collectRegistry([image('a', `${host}:${port}/app:1`)], new Map(), null, { ...options, env });
    assert.ok(step.outcome === 'done');
    return step.facts.images[0]?.attempts[0];
  };
  const working = { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  assert.equal((await ask(working))?.result, 'forbidden');
  assert.equal(seen[0]?.host, 'registry.example.test');
  answer = 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n';
  assert.equal((await ask(working))?.exchanges[0]?.fault?.layer, 'proxy');
  const broken = { HTTPS_PROXY: 'http://127.0.0.2:1' };
  assert.equal((await ask(broken))?.exchanges[0]?.fault?.layer, 'proxy');
  assert.equal((await ask(broken, '127.0.0.1'))?.result, 'forbidden', 'loopback never goes through one');
});

test('of a name that is not valid, the one that may be meant is asked about', async (t) => {
  const { port, seen } = await serve(t, () => ({
    '127.0.0.1': (request, response) =>
      request.url?.includes('/tags/') ? json(response, 200, { tags: ['v1.0'] }) : json(response, 404, errors('MANIFEST_UNKNOWN')),
  }));
  const invalid = (suggestion: string | null): ImageSpec => ({ ...image('a', 'BAD:'), invalid: { message: 'no', suggestion } });
  const step = await collectRegistry([invalid(`127.0.0.1:${port}/team/app:v1`)], new Map(), null, options);
  assert.ok(step.outcome === 'done');
  assert.deepEqual(step.facts.suggested, [
    { container: 'a', kind: 'container', reference: `127.0.0.1:${port}/team/app:v1`, result: 'manifest-unknown', nearest: ['v1.0'] },
  ]);
  assert.ok(seen.length > 0);
  assert.equal((await collectRegistry([invalid('127.0.0.1:1/app:TAG')], new Map(), null, options)).outcome, 'skipped');
});
