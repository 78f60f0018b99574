import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A run whose kubeconfig names a login plugin that never ends. */
async function waiting(t: TestContext, ...words: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-login-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [plugin, id, config] = ['plugin.sh', 'id', 'config'].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(plugin, `#!/bin/sh\necho $$ > ${id}.part\nmv ${id}.part ${id}\nexec sleep 600\n`, { mode: 0o755 });
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: plugin };
  const kubeconfig = {
    'current-context': 'c',
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'u', user: { exec } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  };
  writeFileSync(config, JSON.stringify(kubeconfig));
  const env = { PATH: process.env.PATH, HOME: folder, HTTPS_PROXY: 'http://127.0.0.1:1' };
  const child = spawn(process.execPath, [main, ...words, '--kubeconfig', config], { env });
  t.after(() => child.kill('SIGKILL'));
  const [out, err] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray()) as [
    Promise<string[]>,
    Promise<string[]>,
  ];
  while (!existsSync(id)) await sleep(20);
  return { child, plugin, id: Number(readFileSync(id, 'utf8')), out, err };
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

for (const words of [
  ['why', 'web'],
  ['check', 'registry.example.com/app:1'],
  ['check', 'registry.example.com/app:1', '--node=n'],
]) {
  test(`Ctrl-C ends ${words.join(' ')} and the login plugin that it waits for, without a word`, {
    skip: process.platform === 'win32',
    timeout: 60_000,
  }, async (t) => {
    const { child, id, out, err } = await waiting(t, ...words, '--timeout=1s');
    await sleep(300);
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'close'), [130, null]);
    assert.deepEqual([(await out).join(''), (await err).join('')], ['', '']);
    for (let tries = 0; isAlive(id) && tries < 50; tries++) await sleep(20);
    assert.equal(isAlive(id), false);
  });
}

test('who waits for a login plugin is told which', { skip: process.platform === 'win32', timeout: 60_000 }, async (t) => {
  const { child, plugin, err } = await waiting(t, 'why', 'web', '--timeout=1s');
  await once(child.stderr, 'data');
  child.kill('SIGINT');
  assert.equal((await err).join(''), `Waiting for the login plugin ${plugin} (Ctrl-C ends it, --timeout does not)\n`);
});
