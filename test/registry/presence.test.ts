import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presence } from '../../src/registry/presence.ts';
import { createTransport } from '../../src/registry/transport.ts';
import { authority, errors, type Handler, json, registryHost, resolver, serve } from './servers.ts';

async function ask(port: number) {
  const transport = createTransport({ env: {}, ca: authority.certificate, signal: AbortSignal.timeout(5000), lookup: resolver() });
  try {
    return await presence(transport, { registry: `${registryHost}:${port}`, repository: 'team/app', tag: 'v1', digest: null }, []);
  } finally {
    transport.close();
  }
}

const answers: readonly (readonly [string, Handler, string, string | null])[] = [
  [
    'one that is there, and which it is',
    (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json', 'docker-content-digest': 'sha256:1' })
        .end(),
    'found',
    'sha256:1',
  ],
  [
    'one of which HEAD does not tell the kind',
    (_, response) => void response.writeHead(200, { 'docker-content-digest': 'sha256:1' }).end(),
    'found',
    'sha256:1',
  ],
  ['a page', (_, response) => void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(), 'bad-response', null],
  ['one that is not there', (_, response) => json(response, 404, errors('MANIFEST_UNKNOWN')), 'not-found', null],
  ['a refusal without words', (_, response) => void response.writeHead(403).end(), 'forbidden', null],
  ['a registry that is down', (_, response) => void response.writeHead(503).end(), 'unavailable', null],
];

for (const [what, handler, result, digest] of answers) {
  test(`a manifest is asked for by HEAD alone: ${what}`, async (t) => {
    const { port, seen } = await serve(t, () => ({ [registryHost]: handler }));
    assert.deepEqual(await ask(port), { results: [result], digest });
    assert.deepEqual([...new Set(seen.map(({ method }) => method))], ['HEAD']);
  });
}
