// A scan from the sources, whole, against the demo's cluster and registries.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Demo, startDemo } from '../../scripts/demo/environment.ts';
import type { PullReportList } from '../../src/values/report.ts';
import { run } from '../end-to-end/run.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

let demo: Demo;
before(async () => {
  demo = await startDemo();
});
after(() => demo.stop());

const scan = (...args: readonly string[]) =>
  run(process.execPath, [main, 'scan', '--registry-ca', join(demo.directory, 'registry-ca.crt'), ...args], {
    env: { ...process.env, ...demo.env },
  });

test('every failing pull of the demo, by what is broken; --exit-code is 3', async () => {
  const { code, stdout, stderr } = await scan('-A', '-o', 'json', '--exit-code');
  assert.equal(code, 3, stderr);
  const list = JSON.parse(stdout) as PullReportList;
  assert.deepEqual(
    list.groups?.map(({ cause, subject }) => `${cause.code} ${subject.kind} ${subject.name}`),
    [
      'auth-rejected secret search-pull',
      'dns-failure registry-from-node open.lab.test:5000',
      'manifest-not-found image open.lab.test:5000/team/app:v2.1.3',
      'platform-mismatch image open.lab.test:5000/team/arm-only:1',
      'pull-secret-wrong-registry secret regcred',
      'tls-unknown-authority registry-from-node untrusted.lab.test:5002',
    ],
  );
  assert.equal(list.items.length, 6);
  assert.doesNotMatch(stdout + stderr, /s3cret-pull|last-years/, 'a password is shown');
});

test('of one workload only; one that pulls well; one that does not exist', async () => {
  assert.match((await scan('deploy/payment', '-o', 'name')).stdout, /^pod\/payment-\S+\n$/);
  const well = await scan('deploy/frontend', '--exit-code');
  assert.deepEqual([well.code, well.stdout, well.stderr], [0, '', 'No failing image pulls found in shop namespace.\n']);
  const ghost = await scan('deploy/ghost');
  assert.deepEqual([ghost.code, ghost.stderr], [1, 'Error from server (NotFound): deployments.apps "ghost" not found\n']);
});

test('where nothing fails, stdout is empty, and a list of none as JSON', async () => {
  const none = await scan('-n', 'default', '--exit-code');
  assert.deepEqual([none.code, none.stdout, none.stderr], [0, '', 'No failing image pulls found in default namespace.\n']);
  const misspelt = await scan('-n', 'shpo', '-ojson');
  assert.deepEqual(
    [misspelt.code, misspelt.stdout, misspelt.stderr],
    [1, '', 'Error from server (NotFound): namespaces "shpo" not found\n'],
  );
  const everywhere = await scan('-A', '-l', 'app=none');
  assert.equal(everywhere.stderr, 'No failing image pulls found.\n');
  const { groups, items } = JSON.parse((await scan('-n', 'default', '-ojson')).stdout) as PullReportList;
  assert.deepEqual([groups, items], [[], []]);
});
