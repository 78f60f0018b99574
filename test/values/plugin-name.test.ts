import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from 'js-yaml';
import { root } from '../../scripts/build/root.ts';
import { pluginCommand, pluginName, pluginProgram } from '../../src/values/plugin-name.ts';

test('the plugin is called as plugin.yaml says', () => {
  const { metadata } = load(readFileSync(`${root}/plugin.yaml`, 'utf8')) as { metadata: { name: string } };
  assert.deepEqual([pluginName, pluginCommand, pluginProgram], [metadata.name, `kubectl ${metadata.name}`, `kubectl-${metadata.name}`]);
});

/** What marks probe pods in clusters, and who made them: it has to stay the same, whatever the plugin is called. */
const marks = /^src\/(playbook\/probe\/pod|cli\/probe-run)\.ts$/;

test('no text has the name of its own: one constant changes it everywhere', () => {
  const named = globSync('src/**/*.ts', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path !== 'src/values/plugin-name.ts' && !marks.test(path))
    .flatMap((path) =>
      code(path).flatMap((line) => (/kubectl[ -]imagepull|['"` ]imagepull['"` ]/.test(line) ? [`${path}: ${line.trim()}`] : [])),
    );
  assert.deepEqual(named, []);
});

/** The lines that are no comment. */
function code(path: string): readonly string[] {
  const lines = readFileSync(`${root}/${path}`, 'utf8').split('\n');
  return lines.filter((line) => !/^\s*(\/\*\*|\*|\/\/)/.test(line)).map((line) => line.replace(/\s\/\/ .*$/, ''));
}
