import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { describeError } from '../../../src/cluster/errors.ts';
import { type Answer, fixtureData, loopback } from '../loopback.ts';
import { kubeconfig, workspace } from '../workspace.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (exp: number, extra: object = {}) => `${encode({ alg: 'RS256', kid: '1' })}.${encode({ exp, ...extra })}.c2ln`;
const soon = () => Math.floor(Date.now() / 1000) + 3600;

test('oidc: a token that is still good is used as it is', async (t) => {
  await using server = await loopback();
  const { connect, write } = workspace(t);
  const token = jwt(soon());
  const config = { 'idp-issuer-url': 'https://127.0.0.1:1', 'client-id': 'kube', 'id-token': token };
  const user = { 'auth-provider': { name: 'oidc', config } };
  await (await connect({ kubeconfig: write('config', kubeconfig({ server: server.url }, user)) })).get('/version');
  assert.equal(server.requests[0]?.headers.authorization, `Bearer ${token}`);
});

test('oidc: an expired token is renewed, and the new tokens are kept in the kubeconfig', async (t) => {
  await using server = await loopback();
  const renewed = jwt(soon(), { iss: 'x', sub: 'alice', aud: 'kube', iat: 1 });
  await using issuer = await loopback(({ url, body, headers }) => {
    if (url.startsWith('/.well-known/'))
      return { body: { issuer: issuer.url, token_endpoint: `${issuer.url}/token`, response_types_supported: ['code'] } };
    assert.equal(body, 'grant_type=refresh_token&refresh_token=old-refresh-token');
    assert.equal(headers.authorization, `Basic ${btoa('kube:s%26cret')}`);
    const claims = encode({ exp: soon(), iss: issuer.url, sub: 'alice', aud: 'kube', iat: Math.floor(Date.now() / 1000) });
    const idToken = `${renewed.split('.')[0]}.${claims}.c2ln`;
    return { body: { access_token: 'a', token_type: 'Bearer', id_token: idToken, refresh_token: 'new-refresh-token', expires_in: 3600 } };
  });
  const { connect, write } = workspace(t);
  const old = jwt(1000);
  const config = {
    'idp-issuer-url': issuer.url,
    'idp-certificate-authority-data': fixtureData('ca.pem'),
    'client-id': 'kube',
    'client-secret': 's&cret',
    'id-token': old,
    'refresh-token': 'old-refresh-token',
  };
  const file = write('config', `# mine\n${kubeconfig({ server: server.url }, { 'auth-provider': { name: 'oidc', config } })}`, 0o640);
  const cluster = await connect({ kubeconfig: file });
  await cluster.get('/version');
  await cluster.get('/version');
  const sent = String(server.requests[0]?.headers.authorization).replace('Bearer ', '');
  assert.notEqual(sent, old);
  const kept = readFileSync(file, 'utf8');
  assert.ok(
    kept.startsWith('# mine\n') && kept.includes(sent) && kept.includes('new-refresh-token') && !kept.includes('old-refresh-token'),
    kept,
  );
  assert.equal(existsSync(`${file}.lock`), false);
});

test('oidc: an expired token and nothing to renew it with is one line', async (t) => {
  const { connect, write } = workspace(t);
  const config = { 'idp-issuer-url': 'https://127.0.0.1:1', 'client-id': 'kube', 'id-token': jwt(1000) };
  const cluster = await connect({
    kubeconfig: write('config', kubeconfig({ server: 'https://127.0.0.1:1' }, { 'auth-provider': { name: 'oidc', config } })),
  });
  await assert.rejects(cluster.get('/version'), (error) => {
    assert.equal(describeError(error), 'Unable to connect to the server: No valid id-token, and cannot refresh without refresh-token');
    return true;
  });
});

test('oidc: an issuer that refuses is one line, with its code and without any token', async (t) => {
  let answer: Answer = {};
  await using issuer = await loopback(({ url }) =>
    url.startsWith('/.well-known/') ? { body: { token_endpoint: `${issuer.url}/token` } } : answer,
  );
  const { connect, write } = workspace(t);
  const config = {
    'idp-issuer-url': `${issuer.url}/`,
    'idp-certificate-authority-data': fixtureData('ca.pem'),
    'client-id': 'kube',
    'refresh-token': 'a-refresh-token-of-mine',
  };
  const file = write('config', kubeconfig({ server: 'https://127.0.0.1:1' }, { 'auth-provider': { name: 'oidc', config } }));
  const lines: readonly (readonly [answer: Answer, line: string])[] = [
    [
      { status: 400, body: { error: 'invalid_grant', error_description: 'a-refresh-token-of-mine' } },
      'the issuer answered 400: invalid_grant',
    ],
    [{ status: 500, body: 'a-refresh-token-of-mine' }, 'the issuer answered 500'],
    [{ body: 'a-refresh-token-of-mine' }, 'oidc: the answer of the issuer is not JSON'],
    [{ body: { access_token: 'x' } }, 'token response did not contain an id_token'],
  ];
  for (const [given, line] of lines) {
    answer = given;
    await assert.rejects((await connect({ kubeconfig: file })).get('/version'), (error) => {
      assert.ok(
        describeError(error).endsWith(line) && describeError(error).startsWith('Unable to connect to the server: '),
        describeError(error),
      );
      return true;
    });
  }
  assert.ok(readFileSync(file, 'utf8').includes('a-refresh-token-of-mine'));
});

test('gcp and azure: the access token is used, a command is run for a new one', async (t) => {
  await using server = await loopback();
  const { connect, write } = workspace(t);
  const command = write('helper', '#!/bin/sh\necho \'{"credential":{"token":"fresh","expiry":"2999-01-01T00:00:00Z"}}\'\n', 0o755);
  const expired = { 'access-token': 'stale', expiry: '2000-01-01T00:00:00Z' };
  const renewing = { ...expired, 'cmd-path': command, 'token-key': '{.credential.token}', 'expiry-key': '{.credential.expiry}' };
  const providers = [
    { name: 'gcp', config: { 'access-token': 'google' } },
    { name: 'azure', config: { 'access-token': 'azure', 'expires-on': '99999999999' } },
    { name: 'gcp', config: renewing },
  ];
  for (const provider of providers) {
    const cluster = await connect({ kubeconfig: write('config', kubeconfig({ server: server.url }, { 'auth-provider': provider })) });
    await cluster.get('/version');
  }
  assert.deepEqual(
    server.requests.map(({ headers }) => headers.authorization),
    ['Bearer google', 'Bearer azure', 'Bearer fresh'],
  );
});
