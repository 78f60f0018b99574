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
  assert.deepEqual(
    both.flatMap((path) => statesIn(readFileSync(`${root}/${path}`, 'utf8')).map((line) => `${path}: ${line}`)),
    [],
  );
});

test('what holds a state is known by its text', () => {
  for (const line of [
    'let count = 0;',
    'export class Turn {',
    'const known = new Map<string, string>();',
    'export const seen: Set<string> = new Set();',
    'const kept = new WeakMap();',
    'export const read = remember(readAnew, 100);',
    'const names: string[] = [];',
  ])
    assert.deepEqual(statesIn(`import x from 'y';\n${line}`), [line]);
  for (const line of [
    "const names: ReadonlySet<string> = new Set(['a']);",
    "export const words: ReadonlyMap<string, string> = new Map([['a', 'b']]);",
    '  const known = new Map();',
    'const limit = 5;',
  ])
    assert.deepEqual(statesIn(line), []);
});

/** Lines of a module that keep something, of which each part would have its own. Sets and maps that nobody may change are data. */
function statesIn(source: string): readonly string[] {
  const changeable = /^(?:export )?const \w+(?:: (?!Readonly)[^=]+)? = (?:new (?:Weak)?(?:Map|Set)\b|remember\(|\[\];)/;
  return source.split('\n').filter((line) => /^(?:export )?(?:let|var|class|abstract class) /.test(line) || changeable.test(line));
}

function modulesIn({ inputs }: Metafile): readonly string[] {
  return Object.keys(inputs).filter((path) => !path.includes(':'));
}
