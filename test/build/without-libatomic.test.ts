import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { replaced, withoutLibatomic } from '../../scripts/build/without-libatomic.ts';
import { isHost, label, targets } from '../../scripts/package/targets.ts';

const folder = mkdtempSync(join(tmpdir(), 'imagepull-libatomic-'));
after(() => rmSync(folder, { recursive: true }));

const host = targets.find((target) => isHost(target) && target.os === 'linux');

/** What the loader would load: it says so instead of starting the program. */
function libraries(program: string): string {
  return execFileSync(program, { env: { LD_TRACE_LOADED_OBJECTS: '1' }, encoding: 'utf8' });
}

test('this Node wants libatomic, and a copy without it runs, also where V8 works on several threads', { skip: host === undefined }, () => {
  const node = join(folder, 'node');
  copyFileSync(process.execPath, node);
  chmodSync(node, 0o755);
  assert.ok(host);
  assert.match(libraries(node), /libatomic/, `then ${label(host)} needs nothing of this any more`);
  withoutLibatomic(node, host.arch);
  const after = libraries(node);
  assert.doesNotMatch(after, /libatomic/);
  assert.match(after, /libc\.so\.6/);
  const busy = `
    const { Worker } = require('node:worker_threads');
    const work = 'let kept = []; for (let i = 0; i < 2e5; i++) kept[i % 100] = new Uint8Array(64); require("node:worker_threads").parentPort.postMessage(1)';
    let ended = 0;
    for (let i = 0; i < 4; i++) new Worker(work, { eval: true }).on('message', () => { if (++ended === 4) console.log('done'); });`;
  assert.equal(execFileSync(node, ['-e', busy], { encoding: 'utf8' }), 'done\n');
});

test('what is not such a Node is refused', () => {
  assert.throws(() => replaced(Buffer.alloc(4096), Buffer.from('00', 'hex')));
});
