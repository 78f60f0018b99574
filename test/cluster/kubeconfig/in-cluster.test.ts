import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inClusterTarget } from '../../../src/cluster/kubeconfig/in-cluster.ts';
import { resolveTarget } from '../../../src/cluster/kubeconfig/resolve.ts';
import { emptyKubeconfig } from '../../../src/cluster/kubeconfig/types.ts';
import { workspace } from '../workspace.ts';

const env = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };

test('inside a cluster: its service, the token file, the authority and the namespace of the service account', (t) => {
  const { write, directory, path } = workspace(t);
  for (const name of ['token', 'ca.crt']) write(name, name);
  write('namespace', 'shop\n');
  const target = inClusterTarget(resolveTarget(emptyKubeconfig, {}, env), {}, env, directory);
  assert.equal(target?.cluster.server, 'https://10.96.0.1:443');
  assert.equal(target?.cluster.certificateAuthority, path('ca.crt'));
  assert.deepEqual([target?.user.token, target?.user.tokenFile], ['', path('token')]);
  assert.equal(target?.namespace, 'shop');
});

test('flags and an IPv6 service are respected', (t) => {
  const { write, directory } = workspace(t);
  write('token', 'x');
  const flags = { namespace: 'mine', token: 'flag', as: 'bob' };
  const v6 = { ...env, KUBERNETES_SERVICE_HOST: 'fd00::1' };
  const target = inClusterTarget(resolveTarget(emptyKubeconfig, flags, v6), flags, v6, directory);
  assert.equal(target?.cluster.server, 'https://[fd00::1]:443');
  assert.deepEqual([target?.namespace, target?.user.token, target?.user.tokenFile, target?.user.as], ['mine', 'flag', '', 'bob']);
});

test('outside of a cluster there is none', (t) => {
  const { directory, write } = workspace(t);
  const target = resolveTarget(emptyKubeconfig, {}, {});
  assert.equal(inClusterTarget(target, {}, env, directory), null, 'no token');
  write('token', 'x');
  assert.equal(inClusterTarget(target, {}, {}, directory), null, 'no service');
});
