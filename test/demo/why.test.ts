// The program from its sources, whole, against the demo's cluster and registries.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Demo, startDemo } from '../../scripts/demo/environment.ts';
import type { PullReport } from '../../src/values/report.ts';
import { run } from '../end-to-end/run.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

let demo: Demo;
before(async () => {
  demo = await startDemo();
});
after(() => demo.stop());

const why = (...args: readonly string[]) => run(process.execPath, [main, 'why', ...args], { env: { ...process.env, ...demo.env } });

const causes: readonly (readonly [workload: string, cause: string])[] = [
  ['deploy/payment', 'manifest-not-found'],
  ['deploy/checkout', 'pull-secret-wrong-registry'],
  ['deploy/search', 'auth-rejected'],
  ['deploy/thumbnails', 'platform-mismatch'],
  ['deploy/reports', 'tls-unknown-authority'],
  ['ds/log-agent', 'dns-failure'],
  ['deploy/frontend', 'none'],
];

for (const [workload, cause] of causes) {
  test(`${workload} is ${cause}`, async () => {
    const { code, stdout, stderr } = await why(workload, '-o', 'json', '--registry-ca', join(demo.directory, 'registry-ca.crt'));
    assert.equal(code, 0, stderr);
    const report = JSON.parse(stdout) as PullReport;
    assert.deepEqual(
      report.images.map((image) => [image.cause.code, image.cause.confidence]),
      [[cause, 'certain']],
    );
    assert.doesNotMatch(stdout + stderr, /s3cret-pull|last-years/, 'a password is shown');
  });
}

test('a pod that does not exist is one line in the words of kubectl', async () => {
  const { code, stderr } = await why('ghost');
  assert.equal(code, 1);
  assert.match(stderr, /^Error from server \(NotFound\): pods "ghost" not found/);
});
