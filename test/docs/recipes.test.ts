// The recipes of docs/ci.md, each run by jq on what a scan of the lab prints. Without jq they are skipped.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { groupFailures } from '../../src/causes/group/group.ts';
import { judge } from '../../src/causes/judge.ts';
import { printScan } from '../../src/cli/scan/print.ts';
import type { Evidence } from '../../src/values/evidence.ts';
import type { PullReport, ReportGroup } from '../../src/values/report.ts';
import { fakeIo } from '../cli/fake-io.ts';

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const evidence = JSON.parse(text('../causes/group/fixtures/lab.json')) as readonly Evidence[];
const judged = evidence.map((item) => ({ evidence: item, verdicts: judge(item) }));
const skip = spawnSync('jq', ['--version']).status === 0 ? false : 'there is no jq';

async function scanned(): Promise<{ readonly items: readonly PullReport[]; readonly groups: readonly ReportGroup[] }> {
  const io = fakeIo();
  await printScan(judged, groupFailures(judged), { output: 'json', headers: true, exitCode: false, namespace: null, doubt: null }, io);
  return JSON.parse(io.out());
}

/** What stands behind the pipe of each command of the page. */
const recipes = [...text('../../docs/ci.md').matchAll(/^ {4}kubectl imagepull (\w+).* \| jq (.*)$/gm)].map(
  ([, command = '', words = '']) => ({ command, words }),
);

function jq(containing: string, input: unknown): string[] {
  const found = recipes.filter(({ words }) => words.includes(containing));
  assert.equal(found.length, 1, containing);
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `jq ${found[0]?.words ?? ''}`], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  assert.equal(status, 0, stderr);
  return stdout.trimEnd().split('\n');
}

test('each group as a line', { skip }, async () => {
  const list = await scanned();
  const lines = jq('@tsv', list);
  assert.equal(lines.length, list.groups.length);
  assert.equal(lines[0], '3\tregistry-unavailable\tlikely\tfaulty.lab.test:5010');
});

test('what is certain, with its command', { skip }, async () => {
  const list = await scanned();
  const lines = jq('== "certain"', list);
  const certain = list.groups.filter(({ cause }) => cause.confidence === 'certain');
  for (const { cause, fixes } of certain)
    for (const line of [cause.explanation, ...(fixes[0]?.commands ?? []).map((c) => `    ${c}`)]) assert.ok(lines.includes(line), line);
});

test('the owners, once each', { skip }, async () => {
  const lines = jq('unique[]', await scanned());
  assert.equal(new Set(lines).size, lines.length);
  assert.ok(lines.includes('s-tag-missing\tPod/tag-missing'), lines[0] ?? '');
});

test('each failing pod as a line of JSON, as the scan is read', { skip }, async () => {
  const list = await scanned();
  const lines = jq('--stream', list).map((line) => JSON.parse(line));
  assert.deepEqual(
    lines,
    list.items.map(({ pod, images }) => ({ pod: `${pod.namespace}/${pod.name}`, codes: images.map(({ cause }) => cause.code) })),
  );
});

test('figures', { skip }, async () => {
  const list = await scanned();
  const lines = jq('imagepull_failing_pods', list);
  const pods = list.groups.filter(({ cause }) => cause.code === 'auth-required').flatMap(({ pods }) => pods).length;
  assert.ok(lines.includes(`imagepull_failing_pods{cause="auth-required"} ${pods}`));
});

test('JUnit, with what names and messages hold escaped', { skip }, async () => {
  const list = await scanned();
  const first = list.groups[0] as ReportGroup;
  const hostile = { ...first, subject: { ...first.subject, name: '<&"\'>' } };
  const lines = jq('testsuite', { ...list, groups: [hostile, ...list.groups.slice(1)] });
  assert.match(lines[0] ?? '', new RegExp(`^<testsuite .* failures="${list.groups.length}">$`));
  assert.match(lines[1] ?? '', /^<testcase classname="registry-unavailable" name="&lt;&amp;&quot;&(?:#39|apos);&gt;"><failure message="/);
  assert.equal(lines.at(-1), '</testsuite>');
});

test('the causes of a workload, of one report and of several', { skip }, async () => {
  const [one, two] = (await scanned()).items as readonly [PullReport, PullReport];
  const line = ({ images }: PullReport) => `${images[0]?.cause.code} ${images[0]?.cause.confidence}`;
  assert.equal(jq('.items? //', one)[0], line(one));
  assert.deepEqual(jq('.items? //', { kind: 'PullReportList', items: [one, two] }).length, one.images.length + two.images.length);
});
