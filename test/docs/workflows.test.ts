import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../.github/workflows/', import.meta.url);

test('every action of every workflow is pinned by its commit, with the version beside it', () => {
  const used = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/\buses: (.*)/g)].map(([, action = '']) => `${file} ${action}`),
  );
  assert.ok(used.length > 5);
  assert.deepEqual(
    used.filter((action) => !/ [\w./-]+@[0-9a-f]{40} # v\d/.test(action)),
    [],
  );
});
