import assert from 'node:assert/strict';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { saveEvidence } from '../../src/cli/files.ts';
import { evidence } from '../report/evidence-builder.ts';

test('evidence is for its user alone, whatever lay there under the name or beside it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-files-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'evidence.json');
  const trap = join(folder, 'trap');
  writeFileSync(trap, 'untouched', { mode: 0o644 });
  symlinkSync(trap, `${path}.part`);
  writeFileSync(path, 'old', { mode: 0o644 });
  await saveEvidence(path, [evidence({})]);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(lstatSync(path).isSymbolicLink(), false);
  assert.equal(readFileSync(trap, 'utf8'), 'untouched');
  assert.deepEqual(readdirSync(folder).sort(), ['evidence.json', 'evidence.json.part', 'trap']);
});
