import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { run } from '../../../src/cli/run.ts';
import { FakeApi } from '../../playbook/fake-api.ts';
import { authority, errors, json, serve } from '../../registry/servers.ts';
import { fakeIo } from '../fake-io.ts';

const login = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const platform = { os: 'linux', architecture: 'amd64' };
const digest = `sha256:${createHash('sha256').update(JSON.stringify(platform)).digest('hex')}`;
const part = (kind: string) => ({ mediaType: `application/vnd.oci.image.${kind}`, size: JSON.stringify(platform).length, digest });
const manifest = { schemaVersion: 2, config: part('config.v1+json'), layers: [part('layer.v1.tar')] };

/** Distribution's words about a digest that it does not hold. */
function unknownRevision(url = '') {
  const revision = /\/manifests\/(sha256:\w+)$/.exec(url)?.[1];
  return revision === undefined ? undefined : { Name: 'app', Revision: revision };
}

/** An API server, and a registry that knows app:1 and wants ci's password for it. */
export async function world(t: TestContext) {
  const api = await FakeApi.start();
  const folder = await mkdtemp(join(tmpdir(), 'check-'));
  t.after(async () => {
    api.stop();
    await rm(folder, { recursive: true });
  });
  const { port, seen } = await serve(t, () => ({
    '127.0.0.1': (request, response) => {
      if (request.headers.authorization !== login('ci', 'good')) {
        return json(response, 401, errors('UNAUTHORIZED'), { 'www-authenticate': 'Basic realm="x"' });
      }
      if (!request.url?.startsWith('/v2/app/')) return json(response, 404, errors('NAME_UNKNOWN'));
      if (request.url?.includes('/tags/')) return json(response, 200, { tags: ['1'] });
      if (request.url?.includes('/blobs/')) return json(response, 200, platform);
      const found = request.url?.endsWith('/manifests/1');
      const unknown = { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest_unknown', detail: unknownRevision(request.url) }] };
      return json(response, found ? 200 : 404, found ? manifest : unknown, {
        ...(found && { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }),
      });
    },
  }));
  const host = `127.0.0.1:${port}`;
  const secret = (name: string, password: string) => {
    const config = { auths: { [host]: { username: 'ci', password } } };
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: 'shop' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': Buffer.from(JSON.stringify(config)).toString('base64') },
    };
  };
  api.put('/api/v1/namespaces/shop/secrets', secret('good', 'good'), secret('bad', 'wrong'));
  api.put('/api/v1/namespaces/shop/serviceaccounts', { metadata: { name: 'default' }, imagePullSecrets: [{ name: 'good' }] });
  const info = { operatingSystem: 'linux', architecture: 'amd64' };
  api.put('/api/v1/namespaces', { metadata: { name: 'shop' } });
  api.put('/api/v1/nodes', { metadata: { name: 'n1', labels: { zone: 'a' } }, status: { nodeInfo: info } });
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, authority.certificate);
  const kubeconfig = join(folder, 'kubeconfig');
  const config = {
    'current-context': 'c',
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
    clusters: [{ name: 'c', cluster: { server: api.url } }],
    users: [{ name: 'u', user: {} }],
  };
  await writeFile(kubeconfig, JSON.stringify(config));
  const check = async (argv: readonly string[], input = '', columns?: number) => {
    const io = fakeIo({ input });
    if (columns !== undefined) Object.assign(io.stdout, { isTTY: true, columns });
    const code = await run(['check', ...argv, '--kubeconfig', kubeconfig, '--registry-ca', ca], io);
    return { code, out: io.out(), err: io.err() };
  };
  return { api, host, seen, secret, folder, check };
}

/** A Deployment `web` with one container, `app`. */
export const deployment = (image: string, over: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: { spec: { containers: [{ name: 'app', image }], ...over } } },
});
