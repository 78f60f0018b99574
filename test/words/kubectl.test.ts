import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { kubectl, kubectlPlugin, pluginCalled, withoutReach } from '../../src/words/kubectl.ts';

const reachedBy = ['--context=weird name', '--kubeconfig=kc'];

test('a command goes where the user went, each word quoted for a shell', () => {
  assert.equal(kubectl(undefined, '-n', 'shop', 'get', 'pods'), 'kubectl -n shop get pods');
  assert.equal(kubectl([], 'get', 'nodes'), 'kubectl get nodes');
  assert.equal(kubectl(reachedBy, 'delete', 'pod', "a'b"), "kubectl '--context=weird name' --kubeconfig=kc delete pod 'a'\\''b'");
});

test('kubectl takes no flags before the name of a plugin', () => {
  assert.equal(kubectlPlugin(reachedBy, 'imagepull', 'why', 'web'), "kubectl imagepull why web '--context=weird name' --kubeconfig=kc");
  assert.equal(pluginCalled('kubectl imagepull', undefined, 'check', '-f', '-'), 'kubectl imagepull check -f -');
});

test('what a command says beside the way to the cluster', () => {
  const piped = `${kubectl(reachedBy, 'get', 'pod')} | ${kubectl(reachedBy, 'replace', '-f', '-')}`;
  assert.equal(withoutReach(piped, reachedBy), 'kubectl get pod | kubectl replace -f -');
  assert.equal(withoutReach('kubectl get pod', undefined), 'kubectl get pod');
});

test('no other file writes a command of kubectl', () => {
  const src = fileURLToPath(new URL('../../src/', import.meta.url));
  const written = /command\(\s*['"`]kubectl|kubectl -n |\bkubectl \$\{|[^'"`]\$\{pluginCommand\} (?:why|scan|check) (?!POD\b)/;
  const offending = globSync('**/*.ts', { cwd: src }).filter((path) => {
    if (path === join('words', 'kubectl.ts')) return false;
    const lines = readFileSync(join(src, path), 'utf8').split('\n');
    const code = lines.filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line));
    return code.some((line) => written.test(line));
  });
  // Where flags stand is told in the help; the plugin's own name is no command.
  assert.deepEqual(offending.sort(), [join('cli', 'help.ts'), join('values', 'plugin-name.ts')]);
});

test('only whole words are the way to a cluster', () => {
  const reachedBy = ['--context=a'];
  assert.equal(
    withoutReach('kubectl --context=a get x; kubectl --context=ab get y', reachedBy),
    'kubectl get x; kubectl --context=ab get y',
  );
  assert.equal(
    withoutReach('(kubectl imagepull why web --context=a); kubectl version --context=a', reachedBy),
    '(kubectl imagepull why web); kubectl version',
  );
});
