import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { osWords } from '../../src/cli/os-words.ts';
import { run } from '../../src/cli/run.ts';
import { fakeIo } from './fake-io.ts';

test('what the operating system says is told in words', () => {
  assert.equal(osWords('EACCES'), 'permission denied');
  assert.equal(osWords('ENOSPC'), 'no space left on device');
  assert.equal(osWords('ENOTHING'), 'ENOTHING');
});

test('a link that leads to itself', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'os-words-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const link = join(folder, 'loop');
  symlinkSync(link, link);
  for (const args of [
    ['why', '--from', link],
    ['check', '-f', link],
  ]) {
    const io = fakeIo({});
    assert.equal(await run(args, io), 1);
    assert.equal(io.err(), `error: unable to read ${link}: its symbolic links lead in a circle, or through too many\n`);
  }
});
