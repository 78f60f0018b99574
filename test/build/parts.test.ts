import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Metafile } from 'esbuild';
import { bundleParts } from '../../scripts/build/parts.ts';
import { root } from '../../scripts/build/root.ts';

const { parts, metafiles } = await bundleParts();

test('what starts is small, and loads no module of Node: version, help and completion have to feel like nothing', () => {
  assert.ok(parts.start.length < 48 * 1024, `${parts.start.length} bytes`);
  assert.deepEqual([...new Set(parts.start.match(/\brequire\("[^"]*"\)/g))], ['require("rest")']);
  assert.ok(modulesIn(metafiles.start).includes('src/cli/complete/complete.ts'));
});

test('a module that is in both parts holds no state and makes no class, of which there would be two', () => {
  const both = modulesIn(metafiles.start).filter((path) => modulesIn(metafiles.rest).includes(path));
  assert.ok(both.includes('src/cli/options.ts'));
  const stateful = both.filter((path) => /^(export )?(let|var|class|abstract class) /m.test(readFileSync(`${root}/${path}`, 'utf8')));
  assert.deepEqual(stateful, []);
});

function modulesIn({ inputs }: Metafile): readonly string[] {
  return Object.keys(inputs).filter((path) => !path.includes(':'));
}
