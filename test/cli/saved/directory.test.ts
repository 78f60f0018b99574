import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { filesBelow } from '../../../src/cli/saved/directory.ts';

test('a file that nobody reads is not opened, so that one that is gone or may not be read does no harm', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-directory-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'logs'));
  for (const name of ['a.log', 'b.yaml']) writeFileSync(join(folder, 'logs', name), name);
  const read: string[] = [];
  for await (const { name, chunks } of filesBelow(folder)) {
    if (name.endsWith('.log')) {
      rmSync(join(folder, name));
      continue;
    }
    for await (const chunk of chunks) read.push(Buffer.from(chunk).toString());
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(read, ['b.yaml']);
});
