// node scripts/package/try.ts: unpacks this platform's archive of dist/package and runs the program in it, as on a machine without anything else of ours.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../build/root.ts';
import { plugin } from './plugin.ts';
import { archiveName, binaryName, isHost, targets } from './targets.ts';

const target = targets.find(isHost);
assert.ok(target, 'no archive is released for this platform');
const folder = mkdtempSync(join(tmpdir(), 'imagepull-try-'));
try {
  // bsdtar, which macOS and Windows have, reads .zip too.
  execFileSync('tar', ['-xf', archiveName(target), '-C', folder], { cwd: `${root}/dist/package` });
  const program = join(folder, binaryName(target));
  const hostile = { ...process.env, NODE_OPTIONS: '--require /nonexistent.js' };
  const run = (...args: string[]) => spawnSync(program, args, { encoding: 'utf8', env: hostile });

  const version = run('version');
  assert.equal(version.status, 0, version.stderr || String(version.error));
  assert.match(version.stdout, new RegExp(`^Client Version: v${plugin.version.replaceAll('.', '\\.')}\n`));
  assert.match(run('--help').stdout, /\nUsage:\n/);
  assert.match(run('explain', 'rpc error: code = NotFound: x.example/app:v1: not found').stdout, /manifest-not-found/);
  assert.equal(run('__complete', 'wh').stdout, 'why\n:36\n');
  const unreachable = run('why', 'web', '--server=http://127.0.0.1:1');
  assert.deepEqual([unreachable.status, unreachable.stdout], [1, '']);
  assert.match(unreachable.stderr, /^The connection to the server 127\.0\.0\.1:1 was refused[^\n]*\n$/);
  console.log(`${archiveName(target)} works`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
