// What is wanted of a file: by workload where the file holds only its pods, of evidence and objects together, and what is not there.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { dump } from 'js-yaml';
import { run } from '../../../src/cli/run.ts';
import type { Evidence } from '../../../src/values/evidence.ts';
import type { PullReport, PullReportList } from '../../../src/values/report.ts';
import { fakeIo } from '../fake-io.ts';
import { failedEvent, failingPod, list, runningPod } from './objects.ts';

async function asked(input: string, ...argv: readonly string[]) {
  const io = fakeIo({ input, now: () => new Date('2026-11-22T00:00:00Z') });
  const code = await run([...argv], io);
  return { code, out: io.out(), err: io.err() };
}

/** Names of the pods in the answer. */
async function found(input: string, ...argv: readonly string[]): Promise<readonly string[]> {
  const { code, out, err } = await asked(input, ...argv, '-ojson');
  assert.equal(code, 0, err);
  const document = JSON.parse(out) as PullReport | PullReportList;
  return ('items' in document ? document.items : [document]).map(({ pod }) => pod.name).sort();
}

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'imagepull-targets-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

function owned(name: string, [apiVersion, kind, owner]: readonly [string, string, string], labels: object = {}, namespace = 'shop') {
  const pod = failingPod(name, namespace);
  return {
    ...pod,
    metadata: { ...pod.metadata, labels, ownerReferences: [{ apiVersion, kind, name: owner, uid: `uid-${owner}`, controller: true }] },
  };
}

const web = owned('web-5d6f-a', ['apps/v1', 'ReplicaSet', 'web-5d6f'], { app: 'web', 'pod-template-hash': '5d6f' });
const pods = [
  web,
  owned('api-5d6f-b', ['apps/v1', 'ReplicaSet', 'api-5d6f'], { 'rollouts-pod-template-hash': '5d6f' }),
  owned('db-0', ['apps/v1', 'StatefulSet', 'db']),
  owned('nightly-29401920-x', ['batch/v1', 'Job', 'nightly-29401920']),
  owned('train-0', ['batch.volcano.sh/v1alpha1', 'Job', 'train']),
  owned('web-5d6f-c', ['apps/v1', 'ReplicaSet', 'web-5d6f'], { 'pod-template-hash': '5d6f' }, 'other'),
  runningPod('alone'),
];
const saved = dump(list('List', [...pods, ...pods.slice(0, -1).map((pod) => failedEvent(pod as ReturnType<typeof failingPod>))]));

test('a workload is known by its pods where the file holds only them', async () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['deploy/web', ['web-5d6f-a']],
    ['rs/web-5d6f', ['web-5d6f-a']],
    ['sts/db', ['db-0']],
    ['rollout/api', ['api-5d6f-b']],
    ['rollouts.argoproj.io/api', ['api-5d6f-b']],
    ['cronjob/nightly', ['nightly-29401920-x']],
    ['job/nightly-29401920', ['nightly-29401920-x']],
    ['job.batch.volcano.sh/train', ['train-0']],
  ];
  for (const [target, names] of rows) {
    assert.deepEqual(await found(saved, 'why', target, '-n=shop', '--from=-'), names, target);
    assert.deepEqual(await found(saved, 'scan', target, '-n=shop', '--from=-'), names, target);
  }
  assert.equal((await found(saved, 'scan', 'deploy/web', '--from=-')).length, 2);
  for (const target of ['job/train', 'deploy/db', 'rollout/web', 'deploy/wob', 'cronjob/night', 'cloneset.apps.kruise.io/api']) {
    const { code, out, err } = await asked(saved, 'why', target, '--from=-');
    assert.deepEqual([code, out], [1, ''], target);
    assert.match(err, /^error: standard input holds no pods of /);
  }
  assert.match((await asked(saved, 'why', 'deploy/wob', '--from=-')).err, /\nSimilar names in it: web\n$/);
  assert.match((await asked(saved, 'why', 'deploy/web', '-n=nowhere', '--from=-')).err, /deployment "web" in namespace nowhere\n$/);
});

test('the workload is in the file and what stands between is not', async () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', uid: 'd' },
    spec: { selector: { matchLabels: { app: 'web' } } },
  };
  assert.deepEqual(await found(dump(list('List', [...pods, deployment])), 'why', 'deploy/web', '-n=shop', '--from=-'), ['web-5d6f-a']);
});

async function evidenceOf(pod: object): Promise<Evidence> {
  const path = join(mkdtempSync(join(tmpdir(), 'imagepull-evidence-')), 'e.json');
  await asked(JSON.stringify(list('List', [pod])), 'why', '--from=-', `--save=${path}`);
  const { readFileSync } = await import('node:fs');
  const [evidence] = (JSON.parse(readFileSync(path, 'utf8')) as { items: readonly Evidence[] }).items;
  rmSync(join(path, '..'), { recursive: true });
  return evidence ?? assert.fail();
}

test('a file of --save does not hide the other pods beside it, nor they what it tells', async (t) => {
  const root = folder(t);
  const probed: Evidence = { ...(await evidenceOf(web)), probe: { outcome: 'skipped', milliseconds: 0, reason: 'kept as it was' } };
  writeFileSync(join(root, 'evidence.json'), JSON.stringify({ apiVersion: 'imagepull/v1', kind: 'PullEvidenceList', items: [probed] }));
  writeFileSync(join(root, 'pods.yaml'), dump(list('List', [web, pods[2] as object])));
  for (const command of ['why', 'scan']) assert.deepEqual(await found('', command, `--from=${root}`), ['db-0', 'web-5d6f-a']);
  for (const target of ['pod/db-0', 'sts/db']) assert.deepEqual(await found('', 'why', target, `--from=${root}`), ['db-0']);
  assert.deepEqual(await found('', 'scan', 'deploy/web', 'sts/db', `--from=${root}`), ['db-0', 'web-5d6f-a']);
  const { items } = JSON.parse((await asked('', 'scan', `--from=${root}`, '-ojson')).out) as PullReportList;
  assert.equal(items.find(({ pod }) => pod.name !== 'db-0')?.steps.find(({ name }) => name === 'probe')?.finding, 'kept as it was');
});

test('of evidence a target is its type and its name, and what is not in it is an error', async () => {
  const text = JSON.stringify(await evidenceOf(web));
  for (const command of ['why', 'scan']) {
    assert.deepEqual(await found(text, command, 'deploy/web', '--from=-'), ['web-5d6f-a']);
    for (const target of ['sts/web', 'rollout/web', 'deploy/other']) {
      const { code, out, err } = await asked(text, command, target, '--from=-');
      assert.deepEqual([code, out, err], [1, '', 'error: standard input holds evidence of other pods: shop/web-5d6f-a\n'], target);
    }
  }
  const { code, err } = await asked(text, 'scan', '-l=app=web', '--from=-');
  assert.deepEqual(
    [code, err],
    [1, 'error: standard input holds evidence of --save, which does not tell the labels of pods: leave --selector out\n'],
  );
  const rollout: Evidence = { ...(await evidenceOf(web)) };
  const ofRollout = { ...rollout, pod: { ...rollout.pod, owner: { kind: 'Rollout', name: 'web', group: 'argoproj.io' } } };
  assert.deepEqual(await found(JSON.stringify(ofRollout), 'why', 'rollout/web', '--from=-'), ['web-5d6f-a']);
});

test('a program always gets a document', async () => {
  const text = JSON.stringify(list('List', [runningPod('a'), runningPod('b')]));
  for (const command of ['why', 'scan']) {
    for (const format of ['json', 'yaml']) {
      const { code, out, err } = await asked(text, command, '--from=-', `-o${format}`);
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, /PullReportList/);
    }
  }
  assert.deepEqual((JSON.parse((await asked(text, 'why', '--from=-', '-ojson')).out) as PullReportList).items, []);
});

test('the command for the rest can be pasted', async (t) => {
  const many = Array.from({ length: 12 }, (_, i) => failingPod(`p${i}`, 'shop', { image: `registry.example.com/app${i}:v1` }));
  const path = join(folder(t), 'a dump.json');
  writeFileSync(path, JSON.stringify(list('List', many)));
  const { err } = await asked('', 'why', `--from=${path}`);
  assert.equal(err, `2 more pods may fail in other ways: kubectl imagepull scan --from '${path}' groups them all.\n`);
  const piped = await asked(JSON.stringify(list('List', many)), 'why', '--from=-');
  assert.equal(piped.err, '2 more pods may fail in other ways: kubectl imagepull scan --from FILE groups them all.\n');
});

test('what asks for contact is refused beside --from', async () => {
  const both = ['--probe=always'];
  const ofWhy = [...both, '--try-pull', '--node-logs', '--probe-namespace=n', '--probe-image=busybox', '--registry-ca=ca.pem'];
  for (const [command, flags] of [['why', ofWhy] as const, ['scan', [...both, '--registry-ca=ca.pem']] as const]) {
    for (const flag of flags) {
      const { code, err } = await asked(saved, command, '--from=-', flag);
      const name = flag.startsWith('--probe=') ? flag : flag.split('=')[0];
      assert.deepEqual([code, err], [1, `error: --from and ${name} cannot be used together: nothing is contacted\n`]);
    }
  }
  assert.equal((await asked(saved, 'why', '--from=-', '--probe=never', '--no-registry')).code, 0);
});
