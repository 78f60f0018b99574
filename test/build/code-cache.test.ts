import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Script } from 'node:vm';
import { codeCaches } from '../../scripts/build/code-cache.ts';
import { asModule, bundleParts, partNames } from '../../scripts/build/parts.ts';

test('runs of the program leave what V8 compiled, more than evaluating it does, and V8 takes it back', async () => {
  const { parts } = await bundleParts();
  const caches = await codeCaches(parts);
  for (const name of partNames) {
    const source = parts[name];
    assert.match(source, /^[\0-\x7f]*$/);
    const evaluatedAlone = new Script(source, { filename: `${name}, but not run` }).createCachedData();
    assert.equal(new Script(source, { cachedData: caches[name] }).cachedDataRejected, false);
    assert.ok(caches[name].length > 2 * evaluatedAlone.length, `${name}: ${caches[name].length}, ${evaluatedAlone.length}`);
  }
});

test('a program that fails is no model', async () => {
  const failing = { start: asModule('process.exitCode = process.argv[2] === "version" ? 1 : 0; console.error(process.argv[2])'), rest: '' };
  await assert.rejects(codeCaches(failing), /--help\nwhy\nversion\n$/);
});
