// docs/rbac/reader.yaml in a lab that is up: `why` for a ServiceAccount that is bound to the role and has no other right, with all of its rules and with each of them taken away.
// It makes a namespace, roles and a binding of its own and removes them.
//   LAB_UP=1 [LAB_DIR=DIR] [IMAGEPULL_PROGRAM=FILE] node test/end-to-end/rights.ts
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { loadAll } from 'js-yaml';
import type { PullReport, ReportStep } from '../../src/values/report.ts';
import { whyItCannotRun } from './can-run.ts';
import { mustRun, type Outcome, run } from './run.ts';
import { namespaceOf } from './scenarios.ts';
import { labEnvironment, settingsOf } from './settings.ts';

const settings = settingsOf({ IMAGEPULL_PROGRAM: process.execPath, ...process.env });
const program = process.env.IMAGEPULL_PROGRAM === undefined ? [process.execPath, 'src/main.ts'] : [settings.program];
const obstacle = settings.up ? whyItCannotRun(settings) : 'it needs a lab that is up: LAB_UP=1';
const administrator = labEnvironment(settings);

interface Rule {
  readonly resources: readonly string[];
}

const roles = loadAll(readFileSync(`${settings.root}docs/rbac/reader.yaml`, 'utf8')) as { readonly rules: readonly Rule[] }[];
const rules = roles[0]?.rules ?? [];

const name = 'imagepull-rights';
const folder = mkdtempSync(join(tmpdir(), 'imagepull-rights-'));
const reader = { ...administrator, KUBECONFIG: join(folder, 'kubeconfig') };

/** Pods of several kinds of trouble, whose every row has something to read. */
const scenarios = ['secret-wrong-host', 'secret-missing', 'tag-missing', 'one-node', 'init-container', 'healthy'];

/** Without the rule for these resources: what is asked, the step whose row says which right is missing, and the right. */
const rows: readonly (readonly [resource: string, scenario: string, step: StepName, right: string])[] = [
  ['events', 'tag-missing', 'events', 'you may not list events in namespace s-tag-missing'],
  ['serviceaccounts', 'tag-missing', 'spec', 'you may not get serviceaccounts in namespace s-tag-missing'],
  ['secrets', 'secret-wrong-host', 'secrets', 'you may not get secrets in namespace s-secret-wrong-host'],
  ['nodes', 'tag-missing', 'node', 'you may not get nodes'],
  ['nodes/proxy', 'tag-missing', 'node', 'you may not get nodes/proxy'],
];

/** Without the rule for these resources there is no answer to this, and kubectl's own line says why. */
const refusals: readonly (readonly [resource: string, target: string])[] = [
  ['pods', 'pod/web'],
  ['replicationcontrollers', 'rc/web'],
  ['deployments', 'deploy/web'],
  ['jobs', 'job/web'],
];

describe('the rights that docs/rbac/reader.yaml grants', { skip: obstacle ?? false }, () => {
  before(async () => {
    await kubectl('create', 'namespace', name);
    await kubectl('create', 'serviceaccount', 'reader', '-n', name);
    await grant(rules);
    await kubectl('create', 'clusterrolebinding', name, `--clusterrole=${name}`, `--serviceaccount=${name}:reader`);
    const token = (await kubectl('create', 'token', 'reader', '-n', name)).trim();
    copyFileSync(administrator.KUBECONFIG ?? '', reader.KUBECONFIG);
    await mustRun('kubectl', ['config', 'set-credentials', 'reader', `--token=${token}`], { env: reader });
    await mustRun('kubectl', ['config', 'set-context', '--current', '--user=reader'], { env: reader });
  });
  after(async () => {
    await kubectl('delete', 'clusterrolebinding,clusterrole', name, '--ignore-not-found');
    await kubectl('delete', 'namespace', name, '--ignore-not-found', '--wait=false');
    rmSync(folder, { recursive: true });
  });

  test('every rule is tested here, but for the one whose loss no row tells of: it only takes a fix away', () => {
    const tested = [...rows, ...refusals].map(([resource]) => rules.find(({ resources }) => resources.includes(resource)));
    assert.deepEqual(
      rules.filter((rule) => !tested.includes(rule)).map(({ resources }) => resources),
      [['controllerrevisions']],
    );
  });

  for (const scenario of scenarios) {
    test(`with all of them no row of ${scenario} tells of a missing right`, async () => {
      assert.deepEqual(missingRights(await report(scenario)), []);
    });
  }

  for (const [resource, scenario, step, right] of rows) {
    test(`without ${resource}, the row ${step} says so, and no other`, async () => {
      await grant(rules.filter(({ resources }) => !resources.includes(resource)));
      const told = missingRights(await report(scenario));
      assert.deepEqual(
        told.map(({ name }) => name),
        [step],
      );
      assert.equal(told[0]?.finding.match(/you may not [^;,)]*/)?.[0], right);
    });
  }

  for (const [resource, target] of refusals) {
    test(`without ${resource}, ${target} is refused by kubectl's line`, async () => {
      await grant(rules.filter(({ resources }) => !resources.includes(resource)));
      const { code, stderr } = await why(target, name);
      assert.equal(code, 1);
      assert.match(
        stderr,
        new RegExp(`^Error from server \\(Forbidden\\): .* cannot get resource "${resource}" in API group "[a-z]*"[^\\n]*\\n$`),
      );
    });
  }
});

type StepName = ReportStep['name'];

const missingRights = ({ steps }: PullReport) => steps.filter(({ finding }) => finding.includes('you may not '));

function kubectl(...words: string[]): Promise<string> {
  return mustRun('kubectl', words, { env: administrator });
}

async function grant(granted: readonly Rule[]): Promise<void> {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules: granted };
  await mustRun('kubectl', ['apply', '-f', '-'], { env: administrator, input: JSON.stringify(role) });
}

async function report(scenario: string): Promise<PullReport> {
  const { stdout, stderr, code } = await why(scenario, namespaceOf(scenario));
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as PullReport;
}

function why(target: string, namespace: string): Promise<Outcome> {
  const words = ['why', target, '-n', namespace, '--probe=never', '--no-registry', '-o', 'json'];
  return run(program[0] ?? '', [...program.slice(1), ...words], { env: reader });
}
