import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { Ajv } from 'ajv';
import { run } from '../../../src/cli/run.ts';
import { FakeApi } from '../../playbook/fake-api.ts';
import { pod, running, waiting } from '../../playbook/objects.ts';
import { until } from '../../playbook/watch/server.ts';
import { fakeIo } from '../fake-io.ts';

const schema = JSON.parse(readFileSync(new URL('../../../docs/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ strict: false, formats: { 'date-time': true } }).compile(schema);
const pods = '/api/v1/namespaces/shop/pods';

function failing(name: string, image: string) {
  const message = `failed to pull and unpack image "${image}": failed to resolve image: ${image}: not found`;
  return pod({ name, image, state: waiting('ErrImagePull', message) });
}

async function watching(t: TestContext, objects: readonly ReturnType<typeof pod>[], ...args: readonly string[]) {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  api.put('/api/v1/namespaces', { metadata: { name: 'shop' } });
  api.put(pods, ...objects);
  const abort = new AbortController();
  const io = fakeIo({ signal: abort.signal, now: () => new Date() });
  const code = run(['scan', '-n=shop', '--watch', '--no-registry', `--server=${api.url}`, '--kubeconfig=/dev/null', ...args], io);
  return { api, io, code, abort, reports: () => io.out().split(/^--- .*\n/m).length - 1 };
}

test('groups come and go; what became of them is told, and the end of the last is the end', async (t) => {
  const [a, b] = [failing('a', 'registry.example.com/a:1'), failing('b', 'registry.example.com/b:1')];
  const { api, io, code, reports } = await watching(t, [a, b]);
  await until('a report', () => reports() === 1);
  api.put(pods, { ...pod({ name: 'a', image: 'registry.example.com/a:1', state: running }), metadata: a.metadata });
  await until('another', () => reports() === 2);
  assert.match(io.out(), /\nFixed at \d\d:\d\d:\d\d: 1 pod, manifest-not-found: registry.example.com\/a:1\n/);
  api.remove(`${pods}/b`);
  assert.equal(await code, 0, io.err());
  assert.match(io.out(), /\nGone at \d\d:\d\d:\d\d: 1 pod, manifest-not-found: registry.example.com\/b:1 \(its pods are no more\)\n/);
  assert.match(io.out(), /\nNo failing image pull is left \(\d\d:\d\d:\d\d\)\.\n$/);
});

test('where nothing fails it waits for the first failure', async (t) => {
  const healthy = pod({ name: 'a', state: running, status: { phase: 'Running' } });
  const { api, io, code, reports } = await watching(t, [healthy], '-o', 'json');
  await until('a document', () => io.out() !== '');
  assert.equal(reports(), 0);
  await until('a watch', () => api.log.some((line) => line.startsWith(`WATCH ${pods}`)));
  const broken = failing('b', 'registry.example.com/b:1');
  api.put(pods, broken);
  await until('another', () => io.out().split('\n').length > 2);
  api.put(pods, { ...pod({ name: 'b', image: 'registry.example.com/b:1', state: running }), metadata: broken.metadata });
  assert.equal(await code, 0, io.err());
  const documents = io
    .out()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const document of documents) assert.ok(validate(document), JSON.stringify(validate.errors));
  assert.deepEqual(
    documents.map(({ watch, groups }) => [watch.state, groups.length, watch.over.map(({ how }: { how: string }) => how)]),
    [
      ['healthy', 0, []],
      ['failing', 1, []],
      ['fixed', 0, ['fixed']],
    ],
  );
});

test('what fails no longer is not called fixed before it is pulled', async (t) => {
  const broken = failing('a', 'registry.example.com/a:1');
  const { api, io, code, reports } = await watching(t, [broken]);
  await until('a report', () => reports() === 1);
  const young = { ...broken.metadata, creationTimestamp: new Date().toISOString() };
  api.put(pods, { ...pod({ name: 'a', image: 'registry.example.com/a:1' }), metadata: young });
  await until('another', () => reports() === 2);
  assert.match(io.out(), /\nNo image pull fails just now: waiting until those that failed are pulled\.\n$/);
  assert.doesNotMatch(io.out(), /Fixed at|Gone at/);
  api.put(pods, { ...pod({ name: 'a', image: 'registry.example.com/a:1', state: running }), metadata: young });
  assert.equal(await code, 0, io.err());
  assert.match(io.out(), /\nFixed at \d\d:\d\d:\d\d: 1 pod, manifest-not-found: registry.example.com\/a:1\n/);
});

test('a namespace that may be misspelt is not waited for without a word', async (t) => {
  const { api, io, code, abort } = await watching(t, []);
  api.refuse('GET', /\/namespaces\/shop$/, 403, 'Forbidden', 'namespaces "shop" is forbidden');
  await until('a report', () => io.out() !== '');
  assert.equal(
    io.err(),
    'warning: no pod was seen there, and whether namespace shop exists could not be checked: Error from server (Forbidden): namespaces "shop" is forbidden\n',
  );
  abort.abort(130);
  assert.equal(await code, 130);
});

for (const [args, objects, expected] of [
  [[], [failing('a', 'registry.example.com/a:1')], 1],
  [['--exit-code'], [failing('a', 'registry.example.com/a:1')], 3],
  [['--exit-code'], [], 0],
] as const) {
  test(`the end of the time: ${args.join('')} ${objects.length} failing is exit code ${expected}`, async (t) => {
    const { io, code } = await watching(t, objects, '--timeout=4s', ...args);
    assert.equal(await code, expected);
    assert.equal(io.err(), expected === 0 ? '' : 'error: timed out after 4s: 1 thing is still broken\n');
  });
}

test('a watch makes no probes', async () => {
  const io = fakeIo();
  assert.equal(await run(['scan', '--watch', '--probe=always'], io), 1);
  assert.match(io.err(), /^error: --probe=always and --watch cannot be used together/);
});

test('a scan goes on from one broken revision to the next, and tells as fixed what a good one mended, with the image it has', async (t) => {
  const labels = { app: 'web' };
  const deployment = (generation: number, status: object) => ({
    metadata: { name: 'web', uid: 'web', generation } as object as { name: string },
    spec: { selector: { matchLabels: labels } },
    status,
  });
  const set = (number: number) => ({
    metadata: {
      name: `web-${number}`,
      uid: `rs-${number}`,
      labels,
      annotations: { 'deployment.kubernetes.io/revision': String(number) },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'web', controller: true }],
    } as object as { name: string },
  });
  const of = (number: number, parts: Parameters<typeof pod>[0]) =>
    pod({
      name: `web-${number}-a`,
      labels: { ...labels, 'pod-template-hash': `${number}` },
      owner: { kind: 'ReplicaSet', name: `web-${number}`, uid: `rs-${number}` },
      ...parts,
    });
  const broken = (number: number) => {
    const image = `r.example.com/app:v${number}`;
    return of(number, { image, state: waiting('ErrImagePull', `failed to resolve image: ${image}: not found`) });
  };
  const [sets, deployments] = ['/apis/apps/v1/namespaces/shop/replicasets', '/apis/apps/v1/namespaces/shop/deployments'];
  const { api, io, code, reports } = await watching(t, [of(1, { image: 'r.example.com/app:v1', state: running }), broken(2)], '-o=json');
  api.put(sets, set(1), set(2));
  api.put(deployments, deployment(2, { observedGeneration: 2, updatedReplicas: 1 }));
  const last = () => JSON.parse(io.out().trimEnd().split('\n').at(-1) ?? '{}');
  await until('a failure', () => io.out() !== '' && last().watch.state === 'failing');

  api.put(deployments, deployment(3, { observedGeneration: 2, updatedReplicas: 1 }));
  api.remove(`${pods}/web-2-a`);
  await until('the pause between them', () => last().watch.state === 'waiting');
  assert.deepEqual(last().watch.over, []);

  api.put(sets, set(1), set(2), set(3));
  api.put(deployments, deployment(3, { observedGeneration: 3, updatedReplicas: 1 }));
  api.put(pods, broken(3));
  await until('the next failure', () => last().watch.state === 'failing');
  assert.deepEqual(last().watch.over, []);

  api.put(sets, set(1), set(2), set(3), set(4));
  api.put(deployments, deployment(4, { observedGeneration: 4 }));
  api.remove(`${pods}/web-3-a`);
  const good = of(4, { image: 'r.example.com/app:v4' });
  api.put(pods, good);
  api.put(deployments, deployment(4, { observedGeneration: 4, updatedReplicas: 1 }));
  await until('a pull', () => last().watch.state === 'waiting');
  api.put(pods, { ...of(4, { image: 'r.example.com/app:v4', state: running }), metadata: good.metadata });
  assert.equal(await code, 0, io.err());
  assert.equal(reports(), 0);
  assert.ok(validate(last()), JSON.stringify(validate.errors));
  const told = { namespace: 'shop', kind: 'Deployment', name: 'web', container: 'app', to: 'r.example.com/app:v4' };
  assert.deepEqual(
    last().watch.over.map(({ how, changes }: { how: string; changes: object }) => [how, changes]),
    [2, 3].map((number) => ['fixed', [{ ...told, from: `r.example.com/app:v${number}` }]]),
  );
});
