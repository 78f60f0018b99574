import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { load } from 'js-yaml';
import { type Demo, startDemo } from '../../scripts/demo/environment.ts';

interface Kubeconfig {
  clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }];
  users: [{ user: { token: string } }];
}
interface Reply {
  status: number;
  body: { items?: { metadata: { name: string } }[]; message?: string; node?: object };
}

let demo: Demo;
let config: Kubeconfig;
before(async () => {
  demo = await startDemo();
  config = load(readFileSync(join(demo.directory, 'kubeconfig'), 'utf8')) as Kubeconfig;
});
after(() => demo.stop());

function ask(path: string, method = 'GET', token = config.users[0].user.token): Promise<Reply> {
  const { server, 'certificate-authority-data': ca } = config.clusters[0].cluster;
  return new Promise((resolve, reject) => {
    const options = { method, ca: Buffer.from(ca, 'base64'), headers: { authorization: `Bearer ${token}` } };
    request(new URL(path, server), options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Reply['body'] }));
    })
      .on('error', reject)
      .end();
  });
}

test('it lists what the selectors choose', async () => {
  const { body } = await ask('/api/v1/pods?fieldSelector=spec.nodeName%3Dnode2');
  assert.equal(body.items?.length, 1);
  assert.match(body.items?.[0]?.metadata.name ?? '', /^log-agent-/);
});

test('it serves the statistics of a node', async () => {
  const { status, body } = await ask('/api/v1/nodes/node1/proxy/stats/summary');
  assert.equal(status, 200);
  assert.ok(body.node);
});

test('what is missing, and what may not be changed, is refused in the words of Kubernetes', async () => {
  assert.deepEqual(await ask('/api/v1/namespaces/shop/pods/ghost').then(({ status, body }) => [status, body.message]), [
    404,
    'pods "ghost" not found',
  ]);
  assert.deepEqual(
    await ask('/apis/apps/v1/namespaces/shop/deployments/payment', 'DELETE').then(({ status, body }) => [status, body.message]),
    [
      403,
      'deployments.apps "payment" is forbidden: User "viewer" cannot delete resource "deployments" in API group "apps" in the namespace "shop"',
    ],
  );
  assert.equal((await ask('/api/v1/pods', 'GET', 'wrong')).status, 401);
});

test('it speaks HTTP/2', async () => {
  const { server, 'certificate-authority-data': ca } = config.clusters[0].cluster;
  const session = connectHttp2(server, { ca: Buffer.from(ca, 'base64') });
  const stream = session.request({ ':path': '/version', authorization: `Bearer ${config.users[0].user.token}` });
  const status = await new Promise((resolve, reject) =>
    stream.on('response', (headers) => resolve(headers[':status'])).on('error', reject),
  );
  session.destroy();
  assert.equal(status, 200);
});

test('stopped, it leaves nothing behind', async () => {
  const other = await startDemo();
  other.stop();
  assert.ok(!existsSync(other.directory));
});
