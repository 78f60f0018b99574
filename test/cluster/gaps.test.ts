import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionError } from '../../src/cluster/cluster.ts';
import { loadKubeconfig } from '../../src/cluster/kubeconfig/load.ts';
import { fixtureData, fixturePath, loopback } from './loopback.ts';
import { kubeconfig, workspace } from './workspace.ts';

/** The places in which @kubernetes/client-node 2.0.1 differs from kubectl, each as kubectl has it. */

const named = (name: string, server: string) =>
  JSON.stringify({
    'current-context': name,
    clusters: [{ name: 'c', cluster: { server } }],
    contexts: [{ name, context: { cluster: 'c' } }],
  });

test('1: of several files the first to set the current context wins', (t) => {
  const { write } = workspace(t);
  const env = { KUBECONFIG: [write('a', named('first', 'http://a')), write('b', named('second', 'http://b'))].join(':') };
  assert.equal(loadKubeconfig(undefined, env).currentContext, 'first');
});

test('2: a missing file in the list is skipped', (t) => {
  const { write, path } = workspace(t);
  const env = { KUBECONFIG: [path('missing'), write('b', named('second', 'http://b'))].join(':') };
  assert.equal(loadKubeconfig(undefined, env).currentContext, 'second');
});

test('3: of two entries of the same name the first file has its way, whole', (t) => {
  const { write } = workspace(t);
  const second = JSON.stringify({ clusters: [{ name: 'c', cluster: { server: 'http://b', 'tls-server-name': 'b' } }] });
  const env = { KUBECONFIG: [write('a', named('first', 'http://a')), write('b', second)].join(':') };
  const cluster = loadKubeconfig(undefined, env).clusters.get('c');
  assert.deepEqual([cluster?.server, cluster?.tlsServerName], ['http://a', '']);
});

test('4: an empty file is an empty kubeconfig', (t) => {
  const { write } = workspace(t);
  for (const content of ['', '\n# nothing\n', '---\n', 'null\n']) {
    assert.equal(loadKubeconfig(write('empty', content), {}).clusters.size, 0, JSON.stringify(content));
  }
});

test('5: all of the impersonation is sent', async (t) => {
  await using server = await loopback();
  const { connect, write } = workspace(t);
  const user = { token: 't', as: 'jürgen', 'as-uid': '7', 'as-groups': ['a', 'b'], 'as-user-extra': { 'example.com/scope': ['x', 'z'] } };
  const cluster = await connect({ kubeconfig: write('config', kubeconfig({ server: server.url }, user)) });
  await cluster.get('/version');
  const headers = server.requests[0]?.headers ?? {};
  assert.equal(Buffer.from(String(headers['impersonate-user']), 'latin1').toString(), 'jürgen');
  assert.equal(headers['impersonate-uid'], '7');
  assert.equal(headers['impersonate-group'], 'a, b');
  assert.equal(headers['impersonate-extra-example.com%2fscope'], 'x, z');
});

test('6: tokenFile is read, relative to the kubeconfig, and read again after a 401', async (t) => {
  let accepted = 'old';
  await using server = await loopback(({ headers }) => ({ status: headers.authorization === `Bearer ${accepted}` ? 200 : 401 }));
  const { connect, write } = workspace(t);
  write('token', 'old\n');
  const cluster = await connect({ kubeconfig: write('config', kubeconfig({ server: server.url }, { tokenFile: 'token' })) });
  await cluster.get('/version');
  accepted = 'new';
  write('token', 'new\n');
  await cluster.get('/version');
  assert.deepEqual(
    server.requests.map(({ headers }) => headers.authorization),
    ['Bearer old', 'Bearer old', 'Bearer new'],
  );
});

test('11: a context without a user still trusts the authority of its cluster, and skips verification where that is said', async (t) => {
  await using server = await loopback();
  const { connect, write } = workspace(t);
  for (const cluster of [{}, { 'certificate-authority-data': '', 'insecure-skip-tls-verify': true }]) {
    const connected = await connect({ kubeconfig: write('config', kubeconfig({ server: server.url, ...cluster }, null)) });
    await connected.get('/version');
  }
  assert.equal(server.requests.length, 2);
});

test('12: authority data and file together are refused, as by kubectl; neither is silently preferred', async (t) => {
  const { connect, write } = workspace(t);
  const both = { server: 'https://127.0.0.1:1', 'certificate-authority': fixturePath('other-ca.pem') };
  await assert.rejects(
    connect({ kubeconfig: write('config', kubeconfig(both)) }),
    new ConnectionError(
      'failed',
      'error: certificate-authority-data and certificate-authority are both specified for cluster. certificate-authority-data will override.',
    ),
  );
});

test('13: an http:// server needs no permission, and is sent no credential', async (t) => {
  await using server = await loopback(undefined, { certificate: 'none' });
  const { connect, write } = workspace(t);
  const cluster = await connect({ kubeconfig: write('config', kubeconfig({ server: server.url }, { token: 'secret', as: 'bob' })) });
  await cluster.get('/version');
  assert.equal(server.requests[0]?.headers.authorization, undefined);
  assert.equal(server.requests[0]?.headers['impersonate-user'], 'bob');
});

test('15: all requests share one connection', async (t) => {
  await using server = await loopback();
  const { connect, write } = workspace(t);
  const cluster = await connect({ kubeconfig: write('config', kubeconfig({ server: server.url }, { token: 't' })) });
  await Promise.all([1, 2, 3].map(() => cluster.get('/version')));
  await cluster.get('/version');
  assert.equal(server.connections(), 1);
  assert.deepEqual(new Set(server.requests.map(({ version }) => version)), new Set(['2.0']));
});

test('a client certificate is shown, from data as from files', async (t) => {
  await using server = await loopback();
  const { connect, write } = workspace(t);
  const users = [
    { 'client-certificate-data': fixtureData('client.pem'), 'client-key-data': fixtureData('client.key') },
    { 'client-certificate': fixturePath('client.pem'), 'client-key': fixturePath('client.key') },
  ];
  for (const user of users) {
    const cluster = await connect({ kubeconfig: write('config', kubeconfig({ server: server.url }, user)) });
    await cluster.get('/version');
  }
  assert.deepEqual(
    server.requests.map(({ client }) => client),
    ['alice', 'alice'],
  );
});

test('a certificate by flag replaces the data of the kubeconfig, as in new kubectl; old ones refuse both', async (t) => {
  await using server = await loopback();
  const { connect, write } = workspace(t);
  const user = { 'client-certificate-data': 'eA==', 'client-key-data': 'eA==' };
  const flags = { clientCertificate: fixturePath('client.pem'), clientKey: fixturePath('client.key') };
  await (await connect({ kubeconfig: write('config', kubeconfig({ server: server.url }, user)), ...flags })).get('/version');
  assert.equal(server.requests[0]?.client, 'alice');
});
