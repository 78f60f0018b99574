import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Script } from 'node:vm';
import { bundle } from '../../scripts/build/bundle.ts';
import { codeCache } from '../../scripts/build/code-cache.ts';
import { asModule } from '../../scripts/build/executable.ts';

const folder = mkdtempSync(join(tmpdir(), 'imagepull-code-cache-'));
after(() => rmSync(folder, { recursive: true }));

test('a run of the bundle leaves what V8 compiled, more than evaluating it does, and V8 takes it back', async () => {
  const file = join(folder, 'program');
  await bundle(file);
  const source = readFileSync(file, 'latin1');
  assert.match(source, /^[\0-\x7f]*$/);
  const program = asModule(source);
  writeFileSync(file, program);

  const cachedData = await codeCache(file);

  assert.equal(new Script(program, { filename: file, cachedData }).cachedDataRejected, false);
  assert.ok(cachedData.length > 2 * new Script(program).createCachedData().length);
});

test('a program that fails is no model', async () => {
  const file = join(folder, 'failing');
  writeFileSync(file, asModule('throw new Error("no such luck")'));
  await assert.rejects(codeCache(file), /no such luck/);
});
