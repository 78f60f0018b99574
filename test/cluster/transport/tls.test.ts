import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeError } from '../../../src/cluster/errors.ts';
import { fixtureData, fixturePath, type LoopbackOptions, loopback } from '../loopback.ts';
import { kubeconfig, workspace } from '../workspace.ts';

const unverified = 'Unable to connect to the server: tls: failed to verify certificate: x509: ';
const cases: readonly (readonly [name: string, options: LoopbackOptions, cluster: Record<string, unknown>, line: RegExp | null])[] = [
  ['a name in the certificate', {}, {}, null],
  ['another name, by tls-server-name', {}, { 'tls-server-name': 'api.example.test' }, null],
  ['the name of another', { certificate: 'wrong-name' }, { 'tls-server-name': 'elsewhere.example.test' }, null],
  ['no verification', { certificate: 'expired' }, { 'certificate-authority-data': '', 'insecure-skip-tls-verify': true }, null],
  [
    'a name that is not in it',
    {},
    { 'tls-server-name': 'nope.example' },
    new RegExp(`^${unverified}certificate is valid for localhost, api\\.example\\.test, not nope\\.example$`),
  ],
  [
    'an address where it has names only',
    { certificate: 'wrong-name' },
    {},
    new RegExp(`^${unverified}cannot validate certificate for 127\\.0\\.0\\.1 because it doesn't contain any IP SANs$`),
  ],
  [
    'an expired one',
    { certificate: 'expired' },
    {},
    new RegExp(
      `^${unverified}certificate has expired or is not yet valid: current time \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ is after 2020-01-02T00:00:00Z$`,
    ),
  ],
  [
    'an unknown authority',
    {},
    { 'certificate-authority-data': fixtureData('other-ca.pem') },
    new RegExp(`^${unverified}certificate signed by unknown authority$`),
  ],
  [
    'the authorities of the system',
    {},
    { 'certificate-authority-data': '' },
    new RegExp(`^${unverified}certificate signed by unknown authority$`),
  ],
  ['the certificate itself as authority', {}, { 'certificate-authority-data': fixtureData('server.pem') }, null],
  [
    'no TLS at all',
    { certificate: 'none' },
    { server: 'https' },
    /^Unable to connect to the server: http: server gave HTTP response to HTTPS client$/,
  ],
];

for (const [name, options, cluster, line] of cases) {
  test(`${name}: ${line ? 'refused' : 'accepted'}`, async (t) => {
    await using server = await loopback(undefined, options);
    const { connect, write } = workspace(t);
    const address = { server: server.url.replace('http:', 'https:') };
    const connected = await connect({ kubeconfig: write('config', kubeconfig({ ...cluster, ...address }, { token: 't' })) });
    const outcome = await connected.get('/version').then(
      () => null,
      (error: unknown) => describeError(error),
    );
    if (line) assert.match(String(outcome), line);
    else assert.equal(outcome, null);
    assert.equal(server.requests.length, line ? 0 : 1);
  });
}

test('flags: a certificate authority or --insecure-skip-tls-verify replaces what the file says of trust, --server its TLS name', async (t) => {
  await using server = await loopback();
  const { connect, write } = workspace(t);
  const distrustful = write('a', kubeconfig({ server: server.url, 'certificate-authority-data': fixtureData('other-ca.pem') }));
  await (await connect({ kubeconfig: distrustful, certificateAuthority: fixturePath('ca.pem') })).get('/version');
  await (await connect({ kubeconfig: distrustful, insecureSkipTlsVerify: true })).get('/version');
  const renamed = write('b', kubeconfig({ server: 'https://nowhere.invalid', 'tls-server-name': 'nope.example' }));
  await (await connect({ kubeconfig: renamed, server: server.url })).get('/version');
  assert.equal(server.requests.length, 3);
});

test('a key that is not the certificate’s is one line', async (t) => {
  await using server = await loopback();
  const { connect, write } = workspace(t);
  const user = { 'client-certificate-data': fixtureData('client.pem'), 'client-key-data': fixtureData('server.key') };
  const cluster = await connect({ kubeconfig: write('config', kubeconfig({ server: server.url }, user)) });
  await assert.rejects(cluster.get('/version'), /^ConnectionError: error: tls: private key does not match public key$/);
});
