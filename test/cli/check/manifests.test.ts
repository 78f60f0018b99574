import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { deployment, world } from './world.ts';

test('a file that is broken leaves the others as they are, and the run ends in 1', async (t) => {
  const { host, folder, check } = await world(t);
  const good = join(folder, 'good.json');
  await writeFile(good, JSON.stringify(deployment(`${host}/app:1`)));
  const bad = join(folder, 'bad.yaml');
  await writeFile(bad, `a: [1\n---\n${JSON.stringify({ ...deployment(`${host}/app:2`), metadata: { name: 'beside' } })}\n`);
  const { code, out, err } = await check(['-f', bad, '-f', join(folder, 'none.yaml'), '-f', good, '--exit-code', '--no-headers']);
  assert.equal(code, 1, 'not 3: not all of it could be told');
  assert.match(err, /^error: the path ".*none\.yaml" does not exist\nerror: error parsing .*bad\.yaml: line \d: .+\n$/);
  assert.match(out, /app:2 +problem .*Deployment\/beside app[\s\S]*app:1 +ok /);
});

test('directories are not read deeper than kubectl does, which is said', async (t) => {
  const { host, folder, check } = await world(t);
  const top = join(folder, 'deploy');
  await mkdir(join(top, 'base'), { recursive: true });
  await writeFile(join(top, 'a.yaml'), JSON.stringify(deployment(`${host}/app:1`)));
  await writeFile(join(top, 'base', 'b.yaml'), JSON.stringify(deployment(`${host}/app:2`)));
  const flat = await check(['-f', top, '--no-headers']);
  assert.equal(flat.out.split('\n').length, 2);
  assert.match(flat.err, /^note: 1 directory in .*deploy not read \(base\): -R reads what is below as well\n$/);
  const deep = await check(['-f', top, '-R', '--no-headers']);
  assert.equal(deep.out.split('\n').length, 3);
  assert.equal(deep.err, '');
  const pattern = await check(['-f', join(top, '*', '*.yaml'), '--no-headers']);
  assert.match(pattern.out, /^\S+app:2 /, 'a pattern that the shell has left alone');
});

test('what another tool would make of the files is said', async (t) => {
  const { host, folder, check } = await world(t);
  await writeFile(join(folder, 'kustomization.yaml'), 'resources: [d.yaml]');
  await writeFile(join(folder, 'd.yaml'), JSON.stringify(deployment(`${host}/app:1`)));
  await writeFile(join(folder, 'Chart.yaml'), 'name: web');
  const { err } = await check(['-f', folder]);
  assert.match(err, /note: .* is a Helm chart, .*: helm template \S+ \| kubectl-imagepull check -f - --kubeconfig=\S+\n/);
  assert.match(
    err,
    /note: what .*kustomization\.yaml changes is not seen: kubectl kustomize \S+ \| kubectl-imagepull check -f - --kubeconfig=\S+\n/,
  );
});

test('a template or a variable is no name yet', async (t) => {
  const { seen, check } = await world(t);
  const { out } = await check(
    ['-f', '-', '--no-headers'],
    ['{{ .Values.image }}', '$' + '{IMAGE}'].map((image) => JSON.stringify(deployment(image))).join('\n---\n'),
  );
  assert.match(
    out,
    /\{\{ \.Values\.image \}\} +problem .*it is a template, to be rendered first: helm template CHART \| kubectl imagepull check -f - --kubeconfig=\S+\n/,
  );
  assert.match(out, /\$\{IMAGE\} +problem .*it is a variable, to be put in first/);
  assert.equal(seen.length, 0);
  const unparsable = await check(['-f', '-'], 'kind: Pod\nimage: {{ .Values.image }}\n');
  assert.match(
    unparsable.err,
    /^error: error parsing STDIN: it is a template, to be rendered first: helm template CHART \| kubectl-imagepull check -f - --kubeconfig=\S+\n$/,
  );
  assert.equal(unparsable.code, 1);
});

test('a file of the web is not fetched', async (t) => {
  const { check } = await world(t);
  assert.match(
    (await check(['-f', 'https://example.test/a.yaml', '-n=other'])).err,
    /^error: https:\S+ is not a file: .*curl -fsSL https:\S+ \| kubectl-imagepull check -f - -n other --kubeconfig=\S+\n$/,
  );
});

test('names of files are no commands of the terminal or of the shell', async (t) => {
  const { folder, check } = await world(t);
  const odd = join(folder, 'a \u001b[31m');
  await mkdir(odd);
  await writeFile(join(odd, 'Chart.yaml'), 'name: odd');
  const { err } = await check(['-f', odd]);
  assert.ok(!err.includes('\u001b'), err);
  assert.match(err, /helm template \$'.*a .*' \| /);
});
