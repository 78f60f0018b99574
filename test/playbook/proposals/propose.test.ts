import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReference } from '../../../src/image/reference.ts';
import { collectRegistry } from '../../../src/playbook/registry.ts';
import type { ImageSpec } from '../../../src/values/evidence.ts';
import { authority, errors, json, serve } from '../../registry/servers.ts';

function image(text: string): ImageSpec {
  const parsed = parseReference(text);
  assert.ok('reference' in parsed);
  return {
    container: 'app',
    kind: 'container',
    image: text,
    reference: parsed.reference,
    invalid: null,
    defaults: [],
    pullPolicy: 'Always',
  };
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

test('only what the registry serves is proposed; the login goes along only where its key says so', async (t) => {
  const { port, seen } = await serve(t, () => ({
    '127.0.0.1': (request, response) => {
      const url = request.url ?? '';
      if (url.includes('/my-app/') && request.headers.authorization !== basic('ci', 'pw'))
        return json(response, 401, errors('UNAUTHORIZED'), { 'www-authenticate': 'Basic realm="x"' });
      if (url.endsWith('/my-app/manifests/1')) {
        response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json', 'content-length': 2 });
        return void response.end('{}');
      }
      return json(response, 404, errors('NAME_UNKNOWN'));
    },
  }));
  const host = `127.0.0.1:${port}`;
  const ask = async (used: readonly string[] = [], kind: ImageSpec['kind'] = 'container') => {
    const step = await collectRegistry([{ ...image(`${host}/team/my_app:1`), kind }], new Map(), null, {
      timeoutMilliseconds: 5000,
      registryCa: authority.certificate,
      env: {},
      enabled: true,
      proposals: async () => ({
        used: async () => used.map((image) => ({ image, why: 'in-use' as const })),
        hosts: [],
        logins: ({ repository }) => (repository === 'team/my-app' ? [{ secret: 's', key: host, user: 'ci', password: 'pw' }] : []),
      }),
    });
    assert.ok(step.outcome === 'done');
    return step.facts.images[0]?.proposals;
  };
  assert.deepEqual(await ask(), [{ reference: `${host}/team/my-app:1`, why: 'separator', verified: true }]);
  assert.deepEqual((await ask([`${host}/other/my-app:9`]))?.length, 1, 'what runs here but is not served is not proposed');
  assert.equal(await ask([], 'sandbox'), undefined, "the sandbox's image is pulled without the pod's secrets");
  const told = seen.filter(({ authorization }) => authorization !== undefined);
  assert.ok(told.length > 0 && told.every(({ url }) => url.includes('/team/my-app/')));
});

test('a repository is proposed once, under the tag that was asked for', async (t) => {
  const { port } = await serve(t, () => ({
    '127.0.0.1': (request, response) => {
      if (!request.url?.startsWith('/v2/team/app/')) return json(response, 404, errors('NAME_UNKNOWN'));
      response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json', 'content-length': 2 });
      return void response.end('{}');
    },
  }));
  const host = `127.0.0.1:${port}`;
  const step = await collectRegistry([image(`${host}/team/appp:1`)], new Map(), null, {
    timeoutMilliseconds: 5000,
    registryCa: authority.certificate,
    env: {},
    enabled: true,
    proposals: async () => ({
      used: async () => [{ image: `${host}/team/app:latest`, why: 'in-use' as const }],
      hosts: [],
      logins: () => [],
    }),
  });
  assert.ok(step.outcome === 'done');
  assert.deepEqual(step.facts.images[0]?.proposals, [{ reference: `${host}/team/app:1`, why: 'in-use', verified: true }]);
});
