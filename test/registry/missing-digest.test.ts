import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectImage } from '../../src/registry/inspect-image.ts';
import { createTransport } from '../../src/registry/transport.ts';
import { authority, errors, json, serve } from './servers.ts';

test('the tag beside a missing digest is the nearest that there is, where it is there', async (t) => {
  const { port } = await serve(t, () => ({
    '127.0.0.1': (request, response) =>
      request.url?.includes('/tags/')
        ? json(response, 200, { tags: ['v2.1.0', 'v2.1.1', 'v2.1.2'] })
        : json(response, 404, errors('MANIFEST_UNKNOWN')),
  }));
  const transport = createTransport({ env: {}, ca: authority.certificate, signal: AbortSignal.timeout(5000) });
  t.after(() => transport.close());
  const nearest = async (tag: string) => {
    const reference = { registry: `127.0.0.1:${port}`, repository: 'team/app', tag, digest: `sha256:${'b'.repeat(64)}` };
    return (await inspectImage(transport, reference, [], null)).tags?.nearest;
  };
  assert.deepEqual(await nearest('v2.1.2'), ['v2.1.2', 'v2.1.1', 'v2.1.0']);
  assert.deepEqual(await nearest('v2.1.3'), ['v2.1.2', 'v2.1.1', 'v2.1.0']);
});
