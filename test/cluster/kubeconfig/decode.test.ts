import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeKubeconfig } from '../../../src/cluster/kubeconfig/decode.ts';

test('YAML with anchors and comments, and JSON, are read alike', () => {
  const yaml = `
# mine
current-context: a
clusters:
- name: c
  cluster: {server: "https://x", certificate-authority: ca.pem, proxy-url: http://p, disable-compression: true}
users:
- name: u
  user: {token: 2020-01-01, tokenFile: /abs/token, exec: {command: ./bin/x, apiVersion: client.authentication.k8s.io/v1beta1, args: null, env: null}}
contexts:
- {name: a, context: {cluster: c, user: u, namespace: shop}}
`;
  const { clusters, users, contexts, currentContext } = decodeKubeconfig(yaml, '/home/me/.kube/config');
  assert.equal(currentContext, 'a');
  assert.deepEqual(contexts.get('a'), { cluster: 'c', user: 'u', namespace: 'shop' });
  assert.equal(clusters.get('c')?.certificateAuthority, '/home/me/.kube/ca.pem');
  assert.equal(clusters.get('c')?.disableCompression, true);
  const user = users.get('u');
  assert.deepEqual([user?.token, user?.tokenFile], ['2020-01-01', '/abs/token']);
  assert.deepEqual([user?.exec?.command, user?.exec?.interactiveMode], ['/home/me/.kube/bin/x', 'IfAvailable']);
});

test('a command without a separator is left to PATH', () => {
  const config = { users: [{ name: 'u', user: { exec: { command: 'aws', apiVersion: 'client.authentication.k8s.io/v1' } } }] };
  const exec = decodeKubeconfig(JSON.stringify(config), '/x/config').users.get('u')?.exec;
  assert.deepEqual([exec?.command, exec?.interactiveMode], ['aws', '']);
});

test('what is no kubeconfig is refused, in one line that holds none of its content', () => {
  const secret = 'hunter2';
  const refused: readonly (readonly [content: string, message: RegExp])[] = [
    ['clusters: [', /^yaml: line 1: /],
    [
      `users: [{name: u, user: {token: {a: ${secret}}}}]`,
      /^json: cannot unmarshal object into Go struct field AuthInfo\.users\.user\.token of type string$/,
    ],
    [`token: "${secret}\n  x: : :`, /^yaml: line /],
    ['- a', /^json: cannot unmarshal array/],
    ['kind: Pod\napiVersion: v1', /^no kind "Pod" is registered for version "v1"$/],
    ['clusters: [{name: c}, {name: c}]', /duplicate name "c" in list$/],
    ['users: [{name: u, user: {client-key-data: "a\u0001=="}}]', /./],
  ];
  for (const [content, message] of refused) {
    assert.throws(
      () => decodeKubeconfig(content, '/x/config'),
      (error: Error) => {
        assert.match(error.message, message);
        assert.ok(!error.message.includes('\n') && !error.message.includes(secret), error.message);
        return true;
      },
    );
  }
});
