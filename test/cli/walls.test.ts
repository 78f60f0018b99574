import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const imports = (module: string) => `export * from '${module}';`;

const walls: [string, string, boolean][] = [
  ['src/values/x.ts', imports('../image/reference.ts'), true],
  ['src/values/x.ts', imports('./verdict.ts'), false],
  ['src/image/x.ts', imports('../cluster/cluster.ts'), true],
  ['src/image/x.ts', imports('node:crypto'), true],
  ['src/image/x.ts', imports('../values/evidence.ts'), false],
  ['src/causes/rules/x.ts', imports('../../registry/index.ts'), true],
  ['src/causes/x.ts', "export const text = await import('node:fs');", true],
  ['src/causes/x.ts', 'export const home = process.env.HOME;', true],
  ['src/report/x.ts', imports('../causes/catalogue.ts'), true],
  ['src/report/x.ts', imports('js-yaml'), false],
  ['src/report/x.ts', imports('../words/text.ts'), false],
  ['src/words/x.ts', imports('../values/evidence.ts'), true],
  ['src/playbook/x.ts', imports('../words/text.ts'), true],
  ['src/playbook/x.ts', imports('../words/kubectl.ts'), false],
  ['src/registry/x.ts', imports('node:fs'), true],
  ['src/registry/x.ts', imports('node:https'), false],
  ['src/playbook/x.ts', imports('../causes/judge.ts'), true],
  ['src/playbook/x.ts', imports('node:https'), true],
  ['src/playbook/x.ts', imports('../registry/inspect.ts'), false],
  ['src/cluster/x.ts', imports('../playbook/step.ts'), true],
  ['src/cli/x.ts', imports('../playbook/step.ts'), false],
];

/** The paths that a rule for imports or globals of biome.json refuses, in a tree of one file per wall. */
function refusedPaths(folder: string): Set<string> {
  const { vcs: _, $schema: __, ...config } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
  const biome = [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', '--reporter=github', '--max-diagnostics=none'];
  const { stdout } = spawnSync(process.execPath, biome, { cwd: folder, encoding: 'utf8' });
  const refusals = stdout.split('\n').filter((line) => /noRestricted(Imports|Globals)/.test(line));
  return new Set(refusals.map((line) => /file=.*?(src[^,]+)/.exec(line)?.[1]?.replaceAll('\\', '/') ?? line));
}

test('the lint rules hold the walls between the rooms', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-walls-'));
  try {
    const files = walls.map(([path, text, expected], index) => ({ path: path.replace('x.ts', `x${index}.ts`), text, expected }));
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    const refused = refusedPaths(folder);
    for (const { path, text, expected } of files) assert.equal(refused.has(path), expected, `${path}: ${text}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
