// The program from its sources, whole, against the demo's cluster and registries.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Demo, startDemo } from '../../scripts/demo/environment.ts';
import type { PullReport } from '../../src/values/report.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

let demo: Demo;
before(async () => {
  demo = await startDemo();
});
after(() => demo.stop());

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function why(...args: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [main, 'why', ...args], {
    env: { ...process.env, ...demo.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
    });
  }
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, ...text })));
}

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
      report.images.map((image) => image.cause.code),
      [cause],
    );
    assert.doesNotMatch(stdout + stderr, /s3cret-pull|last-years/, 'a password is shown');
  });
}

test('a pod that does not exist is one line in the words of kubectl', async () => {
  const { code, stderr } = await why('ghost');
  assert.equal(code, 1);
  assert.match(stderr, /^Error from server \(NotFound\): pods "ghost" not found/);
});
