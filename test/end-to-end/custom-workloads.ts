// `why TYPE/NAME` for custom resources that own pods in every way that operators use, in a lab that is up. It makes a namespace and definitions of its own and removes them.
//   LAB_UP=1 [LAB_DIR=DIR] [IMAGEPULL_PROGRAM=FILE] node test/end-to-end/custom-workloads.ts
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { PullReport, PullReportList } from '../../src/values/report.ts';
import { whyItCannotRun } from './can-run.ts';
import { mustRun, run } from './run.ts';
import { labEnvironment, settingsOf } from './settings.ts';

const settings = settingsOf({ IMAGEPULL_PROGRAM: process.execPath, ...process.env });
const program = process.env.IMAGEPULL_PROGRAM === undefined ? [process.execPath, 'src/main.ts'] : [settings.program];
const obstacle = settings.up ? whyItCannotRun(settings) : 'it needs a lab that is up: LAB_UP=1';
const env = labEnvironment(settings);
const lab = (what: string) => mustRun(process.execPath, ['test/lab/custom-workloads.mjs', what], { env, limit: 120_000 });

/** What is asked for, the pods that stand for the failure, and whose they are said to be. */
const expected: readonly [string, RegExp, string][] = [
  ['rollout/shop', /^shop-1-\w+$/, 'Rollout shop argoproj.io'],
  ['ro/shop', /^shop-1-\w+$/, 'Rollout shop argoproj.io'],
  ['rollouts.v1alpha1.argoproj.io/shop', /^shop-1-\w+$/, 'Rollout shop argoproj.io'],
  ['clonesets/cart', /^cart-x$/, 'CloneSet cart apps.kruise.io'],
  ['statefulsets.apps.kruise.io/store', /^store-0$/, 'StatefulSet store apps.kruise.io'],
  ['ksvc/hello', /^hello-00001-deployment-/, 'Service hello serving.knative.dev'],
  ['pipelinerun/build', /^build-clone-pod$/, 'PipelineRun build tekton.dev'],
  ['taskrun/build-clone', /^build-clone-pod$/, 'TaskRun build-clone tekton.dev'],
  ['sparkapp/pi', /^pi-(driver|exec-1)$/, 'SparkApplication pi sparkoperator.k8s.io'],
  ['scaledobject/shop', /^shop-1-\w+$/, 'Rollout shop argoproj.io'],
  ['svc/front', /^cart-x$/, 'CloneSet cart apps.kruise.io'],
];

describe('custom resources that own pods', { skip: obstacle ?? false }, () => {
  before(async () => {
    await lab('apply');
    await pause(8000);
  });
  after(() => lab('remove'));

  for (const [target, name, owner] of expected) {
    test(target, async () => {
      const [report] = await ask(target);
      assert.match(report?.pod.name ?? '', name);
      assert.equal([report?.pod.owner?.kind, report?.pod.owner?.name, report?.pod.owner?.group].join(' '), owner);
      assert.equal(report?.images[0]?.cause.code, 'manifest-not-found');
    });
  }

  test('a type that the server does not have', async () => {
    const { stderr, code } = await run(program[0] ?? '', [...program.slice(1), 'why', 'rolloutz/shop'], { env });
    assert.deepEqual([code, stderr], [1, 'error: the server doesn\'t have a resource type "rolloutz"\n']);
  });
});

async function ask(target: string): Promise<readonly PullReport[]> {
  const words = ['why', target, '-n', 'custom-workloads', '--probe=never', '--no-registry', '-o', 'json'];
  const document = JSON.parse(await mustRun(program[0] ?? '', [...program.slice(1), ...words], { env })) as PullReport | PullReportList;
  return document.kind === 'PullReportList' ? document.items : [document];
}
