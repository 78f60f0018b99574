import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from '../../../src/cli/run.ts';
import { fakeIo } from '../fake-io.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'imagepull-completion-'));
after(() => rmSync(folder, { recursive: true }));

const kubectl = spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' });
const minor = Number(/v1\.(\d+)/.exec(kubectl.stdout ?? '')?.[1] ?? 0);
const skip = process.platform === 'win32' || minor < 26 ? 'there is no kubectl of 1.26 or later here' : false;

function install(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
}

test('kubectl completes through the program that completion prints', { skip }, async () => {
  const io = fakeIo();
  assert.equal(await run(['completion'], io), 0);
  install('kubectl_complete-imagepull', io.out());
  install('kubectl-imagepull', `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, KUBECONFIG: '/nonexistent' };
  const complete = (...words: string[]) => spawnSync('kubectl', ['__complete', 'imagepull', ...words], { env, encoding: 'utf8' }).stdout;
  assert.equal(complete('w'), 'why\n:36\n');
  assert.equal(complete('why', '--server=http://127.0.0.1:1', 'dep'), 'deployment/\n:38\n');
  assert.equal(complete('why', '--output', ''), 'table\nwide\njson\nyaml\nname\nmarkdown\n:36\n');
  assert.equal(complete('why', '-oj'), '-ojson\n:36\n');
  assert.equal(complete('why', '-o=j'), 'json\n:36\n');
});

test('completion names its program after the plugin', async () => {
  const io = fakeIo({ program: 'kubectl-image_pull' });
  await run(['completion'], io);
  assert.match(io.out(), /\nexec kubectl-image_pull __complete "\$@"\n$/);
  assert.match(io.out(), /kubectl image-pull completion > \S+\/kubectl_complete-image_pull\n/);
  const wrong = fakeIo();
  assert.equal(await run(['completion', 'bash'], wrong), 1);
  assert.equal(wrong.err(), 'error: extra arguments: [bash]\n');
});
