import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPluginPolicy, requireAllowed } from '../../../src/cluster/credentials/plugin-policy.ts';
import { describeError } from '../../../src/cluster/errors.ts';
import { kubeconfig, workspace } from '../workspace.ts';

const preference = (fields: unknown) =>
  JSON.stringify({ apiVersion: 'kubectl.config.k8s.io/v1beta1', kind: 'Preference', ...(fields as object) });
const silent = () => assert.fail('no warning is due');

test('DenyAll keeps every plugin from being run', async (t) => {
  const { write, path, connect } = workspace(t);
  write('plugin', '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n', 0o755);
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: './plugin' };
  const config = write('config', kubeconfig({ server: 'https://127.0.0.1:1' }, { exec }));
  const kuberc = write('kuberc', preference({ credentialPluginPolicy: 'DenyAll' }));
  const cluster = await connect({ kubeconfig: config }, { env: { KUBERC: kuberc } });
  await assert.rejects(cluster.get('/version'), (error) => {
    const line = `Unable to connect to the server: getting credentials: plugin "${path('plugin')}" not allowed: policy set to "DenyAll"`;
    assert.equal(describeError(error), line);
    return true;
  });
  const { existsSync } = await import('node:fs');
  assert.equal(existsSync(path('ran')), false);
});

test('Allowlist: the same file by name or by path, under either name of the field', (t) => {
  const { write, path, directory } = workspace(t);
  for (const name of ['good', 'bad']) write(name, '', 0o755);
  write('data', '', 0o600);
  const env = { PATH: `/nowhere:${directory}` };
  for (const entry of [{ command: 'good' }, { name: path('good') }]) {
    const kuberc = write('kuberc', preference({ credentialPluginPolicy: 'Allowlist', credentialPluginAllowlist: [entry] }));
    const policy = readPluginPolicy({ KUBERC: kuberc }, silent);
    requireAllowed(policy, 'good', env);
    requireAllowed(policy, path('good'), env);
    for (const command of ['bad', path('bad'), 'missing', 'data'])
      assert.throws(() => requireAllowed(policy, command, env), /not allowed/, command);
  }
});

test('where kuberc is absent, off or without a policy, all is allowed', (t) => {
  const { directory, write } = workspace(t);
  const denying = write('kuberc', preference({ credentialPluginPolicy: 'DenyAll' }));
  assert.equal(readPluginPolicy({ HOME: directory }, silent).type, 'AllowAll');
  assert.equal(readPluginPolicy({ KUBERC: 'off' }, silent).type, 'AllowAll');
  assert.equal(readPluginPolicy({ KUBERC: denying, KUBECTL_KUBERC: 'false' }, silent).type, 'AllowAll');
  assert.equal(readPluginPolicy({ KUBERC: write('plain', preference({ aliases: [] })) }, silent).type, 'AllowAll');
});

test('a policy that is not well formed is refused, and so is a file that was asked for and is missing', (t) => {
  const { write } = workspace(t);
  for (const fields of [
    { credentialPluginPolicy: 'Sometimes' },
    { credentialPluginPolicy: 'Allowlist' },
    { credentialPluginPolicy: 'Allowlist', credentialPluginAllowlist: [{}] },
    { credentialPluginPolicy: 'DenyAll', credentialPluginAllowlist: [{ command: 'x' }] },
  ]) {
    assert.throws(() => readPluginPolicy({ KUBERC: write('kuberc', preference(fields)) }, silent), /^ConnectionError: error: /);
  }
  assert.throws(() => readPluginPolicy({ KUBERC: '/no/such/file' }, silent), /^ConnectionError: error: kuberc: /);
});

test('a kuberc of the home directory that cannot be read is warned of, and ignored as by kubectl', async (t) => {
  const { write, directory } = workspace(t);
  const { mkdirSync, renameSync } = await import('node:fs');
  mkdirSync(`${directory}/.kube`);
  renameSync(write('kuberc', 'a: ['), `${directory}/.kube/kuberc`);
  let warned = '';
  assert.equal(readPluginPolicy({ HOME: directory }, (text) => (warned += text)).type, 'AllowAll');
  assert.match(warned, /^kuberc: no preferences loaded from \S+: .+\n$/);
});
