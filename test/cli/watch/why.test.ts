import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { Ajv } from 'ajv';
import { run } from '../../../src/cli/run.ts';
import { FakeApi, type Stored } from '../../playbook/fake-api.ts';
import { event, pod, running, waiting } from '../../playbook/objects.ts';
import { until } from '../../playbook/watch/server.ts';
import { fakeIo } from '../fake-io.ts';

const schema = JSON.parse(readFileSync(new URL('../../../docs/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ strict: false, formats: { 'date-time': true } }).compile(schema);

const pods = '/api/v1/namespaces/shop/pods';
const events = '/api/v1/namespaces/shop/events';
const notFound =
  'failed to pull and unpack image "registry.example.com/team/app:v1": failed to resolve image: registry.example.com/team/app:v1: not found';
const refused =
  'failed to pull and unpack image "registry.example.com/team/app:v1": failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials';

type Pod = ReturnType<typeof pod>;
const failing = (message = notFound) => pod({ state: waiting('ErrImagePull', message) });
const with_ = (base: Pod, state: NonNullable<Parameters<typeof pod>[0]>['state'], more: object = {}): Pod => ({
  ...pod({ state, ...more }),
  metadata: base.metadata,
});

async function watching(t: TestContext, object: Stored, ...args: readonly string[]) {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  api.put(pods, object);
  const abort = new AbortController();
  const io = fakeIo({ signal: abort.signal, now: () => new Date() });
  const words = ['why', 'web', '-n=shop', '--watch', '--probe=never', '--no-registry', `--server=${api.url}`, '--kubeconfig=/dev/null'];
  const code = run([...words, ...args], io);
  return { api, io, code, abort, reports: () => io.out().split(/^--- .*\n/m).length - 1 };
}

test('a failure, and the end of it, with what changed', async (t) => {
  const broken = failing();
  const { api, io, code, reports } = await watching(t, broken);
  await until('a report', () => reports() === 1);
  assert.match(io.out(), /^--- \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\nPod shop\/web /);
  api.put(pods, { ...with_(broken, running, { image: 'registry.example.com/team/app:v2' }) });
  assert.equal(await code, 0, io.err());
  assert.equal(reports(), 2);
  assert.match(
    io.out(),
    /\nFixed at \d\d:\d\d:\d\d, \d+s after the failure was first seen: every image is pulled\.\nIt was manifest-not-found /,
  );
  assert.match(
    io.out(),
    /What changed:\n- the image of app is now registry.example.com\/team\/app:v2 \(it was registry.example.com\/team\/app:v1\)/,
  );
});

test('as JSON: a document a line, each with what the watch adds', async (t) => {
  const broken = failing();
  const { api, io, code } = await watching(t, broken, '-o', 'json');
  await until('a document', () => io.out() !== '');
  api.put(pods, { ...with_(broken, waiting('ErrImagePull', refused)) });
  await until('another', () => io.out().split('\n').length > 2);
  api.put(pods, { ...with_(broken, running) });
  assert.equal(await code, 0, io.err());
  const documents = io
    .out()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const document of documents) assert.ok(validate(document), JSON.stringify(validate.errors));
  assert.deepEqual(
    documents.map(({ kind, watch, images }) => [kind, watch.state, images[0].cause.code, watch.first.code]),
    [
      ['PullReport', 'failing', 'manifest-not-found', 'manifest-not-found'],
      ['PullReport', 'failing', 'auth-required', 'manifest-not-found'],
      ['PullReport', 'fixed', 'none', 'manifest-not-found'],
    ],
  );
});

test('the first failure is kept where another takes its place', async (t) => {
  const broken = failing();
  const { api, io, code, abort, reports } = await watching(t, broken);
  await until('a report', () => reports() === 1);
  assert.doesNotMatch(io.out(), /Seen first/);
  api.put(pods, { ...with_(broken, waiting('ErrImagePull', refused)) });
  await until('another report', () => reports() === 2);
  assert.match(io.out(), /\nSeen first, at \d\d:\d\d:\d\d: manifest-not-found /);
  abort.abort(130);
  assert.equal(await code, 130);
});

test('a pod that has its images is nothing to wait for', async (t) => {
  const { io, code } = await watching(t, pod({ state: running, imageID: 'x', status: { phase: 'Running' } }));
  assert.equal(await code, 0);
  assert.match(io.out(), /\nEvery image is pulled: there is nothing to wait for\.\n$/);
});

test('a pod that still pulls is waited for', async (t) => {
  const young = pod({ created: new Date().toISOString() });
  const { api, io, code, reports } = await watching(t, young);
  await until('a report', () => reports() === 1);
  api.put(events, event(young.metadata.uid, 'Pulled', 'Successfully pulled image "registry.example.com/team/app:v1" in 1s'));
  api.put(pods, { ...with_(young, running) });
  assert.equal(await code, 0, io.err());
  assert.match(io.out(), /\nPulled at \d\d:\d\d:\d\d, after \d+s: every image is there\.\n$/);
});

test('what changes nothing in the report is not shown, and a burst is shown once', async (t) => {
  const broken = failing();
  const { api, code, abort, reports } = await watching(t, broken);
  await until('a report', () => reports() === 1);
  await until('a watch', () => api.log.some((line) => line.startsWith(`WATCH ${pods}`)));
  const read = api.log.length;
  for (let i = 0; i < 100; i++) api.put(pods, { ...broken, metadata: { ...broken.metadata, labels: { serial: String(i) } } });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal(reports(), 1);
  const looks = api.log.slice(read).filter((line) => line === `GET ${pods}/web`).length;
  assert.ok(looks <= 2, `${looks} looks`);
  for (let i = 0; i < 99; i++) api.put(pods, { ...with_(broken, waiting('ErrImagePull', i % 2 ? notFound : refused)) });
  await until('the last of the burst', () => reports() >= 2);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.ok(reports() <= 3, `${reports()} reports`);
  abort.abort(130);
  await code;
});

for (const [args, expected] of [
  [[], 1],
  [['--exit-code'], 3],
] as const) {
  test(`the end of the time is exit code ${expected} ${args.join('')}`, async (t) => {
    const { io, code, reports } = await watching(t, failing(), '--timeout=4s', ...args);
    assert.equal(await code, expected);
    assert.equal(reports(), 1);
    assert.equal(io.err(), 'error: timed out after 4s: the pull still fails\n');
  });
}

test('a pod that is gone for good ends the watch; one that its workload replaces does not', async (t) => {
  const gone = await watching(t, failing());
  await until('a report', () => gone.reports() === 1);
  gone.api.remove(`${pods}/web`);
  assert.equal(await gone.code, 1);
  assert.match(gone.io.err(), /Error from server \(NotFound\): pods "web" not found\n/);

  const owner = { kind: 'StatefulSet', name: 'db', uid: 'set' };
  const owned = await watching(t, pod({ state: waiting('ErrImagePull', notFound), owner }));
  owned.api.put('/apis/apps/v1/namespaces/shop/statefulsets', { metadata: { name: 'db', uid: 'set' }, spec: {} });
  await until('a report', () => owned.reports() === 1);
  owned.api.remove(`${pods}/web`);
  owned.api.put(pods, pod({ name: 'web-2', owner, state: running }));
  assert.equal(await owned.code, 0, owned.io.err());
  assert.match(owned.io.err(), /^pod web is gone: watching statefulset\/db\n$/);
  assert.match(owned.io.out(), /- a new pod, web-2, took the place of web /);
});

test('a connection that is lost is said once, and nothing is lost with it', async (t) => {
  const broken = failing();
  const { api, io, code, reports } = await watching(t, broken);
  await until('a report', () => reports() === 1);
  await until('a watch', () => api.log.some((line) => line.startsWith(`WATCH ${pods}`)));
  await api.pause();
  await until('the warning', () => io.err() !== '');
  api.put(pods, { ...with_(broken, running) });
  await api.resume();
  assert.equal(await code, 0, io.err());
  assert.match(io.err(), /^warning: connection lost, retrying \(.+\)\n(?:the connection is back\n)?$/);
});

test('what was saved cannot be watched', async () => {
  const io = fakeIo();
  assert.equal(await run(['why', '--from=x', '--watch'], io), 1);
  assert.match(io.err(), /^error: --from and --watch cannot be used together/);
});

test('where the evidence cannot be saved, the first report is shown and the watch ends', async (t) => {
  const { io, code } = await watching(t, failing(), '--save=/nonexistent/case.json');
  assert.equal(await code, 1);
  assert.match(io.out(), /^--- .*\nPod shop\/web /);
  assert.equal(io.err(), 'error: unable to save the evidence to /nonexistent/case.json: no such file or directory\n');
});
