import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachedBy } from '../../src/cluster/reached-by.ts';

test('what says which cluster was asked and by whom is repeated, in the order of kubectl options', () => {
  assert.deepEqual(
    reachedBy({
      user: 'u',
      server: 'https://a:1',
      context: 'weird name',
      cluster: 'c',
      kubeconfig: './kc',
      as: 'jane',
      asGroup: ['a', 'b'],
      asUid: '7',
      asUserExtra: ['k=v'],
      clientCertificate: 'cc',
      clientKey: 'ck',
      certificateAuthority: 'ca',
      tlsServerName: 'sn',
      insecureSkipTlsVerify: true,
    }),
    [
      '--as=jane',
      '--as-group=a',
      '--as-group=b',
      '--as-uid=7',
      '--as-user-extra=k=v',
      '--certificate-authority=ca',
      '--client-certificate=cc',
      '--client-key=ck',
      '--cluster=c',
      '--context=weird name',
      '--insecure-skip-tls-verify',
      '--kubeconfig=./kc',
      '--server=https://a:1',
      '--tls-server-name=sn',
      '--user=u',
    ],
  );
});

test('no secret is repeated, nor what leads nowhere', () => {
  const flags = { token: 't0ken', username: 'joe', password: 'pass', namespace: 'shop', requestTimeout: '5', cacheDir: 'c', kuberc: 'k' };
  assert.deepEqual(reachedBy({ ...flags, disableCompression: true, warningsAsErrors: true }), []);
  assert.deepEqual(reachedBy({ context: '', asGroup: [''] }), []);
  assert.deepEqual(reachedBy({ insecureSkipTlsVerify: false }), ['--insecure-skip-tls-verify=false']);
});

test('a login in the address of a server is not repeated', () => {
  const repeated = (server: string) => reachedBy({ server });
  assert.deepEqual(repeated('https://admin:s3cr3t@api.corp:6443'), ['--server=https://api.corp:6443']);
  assert.deepEqual(repeated('https://admin@api.corp:6443/k8s/c-1'), ['--server=https://api.corp:6443/k8s/c-1']);
  assert.deepEqual(repeated('HTTPS://admin:p/w@d@api.corp'), ['--server=HTTPS://api.corp']);
  assert.deepEqual(repeated('admin:s3cr3t@api.corp:6443'), ['--server=api.corp:6443']);
  assert.deepEqual(reachedBy({ context: 'admin@prod', user: 'jane@corp.example' }), ['--context=admin@prod', '--user=jane@corp.example']);
});
