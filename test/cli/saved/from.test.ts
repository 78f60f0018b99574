// `why --from` and `scan --from` on what other programs write: found by content, read offline, and without its secrets.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dump } from 'js-yaml';
import { run } from '../../../src/cli/run.ts';
import type { PullReport, PullReportList } from '../../../src/values/report.ts';
import { fakeIo } from '../fake-io.ts';
import { failedEvent, failingPod, list, pullSecret, runningPod } from './objects.ts';
import { tar, tgz } from './tar-builder.ts';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const later = () => new Date('2026-11-22T00:00:00Z');

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'imagepull-from-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

async function asked(input: string | Buffer, ...argv: string[]) {
  const io = fakeIo({ input, now: later });
  const code = await run(argv, io);
  return { code, out: io.out(), err: io.err() };
}

/** `why --from -` on this text. */
async function why(input: string | Buffer, ...words: string[]): Promise<PullReport> {
  const { code, out, err } = await asked(input, 'why', ...words, '--from=-', '-ojson');
  assert.equal(code, 0, err);
  return JSON.parse(out) as PullReport;
}

async function scan(path: string, ...words: string[]): Promise<PullReportList> {
  const { code, out, err } = await asked('', 'scan', `--from=${path}`, '-ojson', ...words);
  assert.equal(code, 0, err);
  return JSON.parse(out) as PullReportList;
}

const codes = ({ images }: PullReport) => images.map(({ cause }) => `${cause.code} ${cause.confidence}`);
const step = ({ steps }: PullReport, name: string) => steps.find((one) => one.name === name);

const pod = failingPod();
const event = failedEvent(pod);

test('kubectl get, as YAML and JSON, a list, a single object or several documents', async () => {
  const texts = [
    JSON.stringify(list('List', [pod, event])),
    dump(list('List', [event, pod])),
    `${JSON.stringify(pod, null, 4)}\n${JSON.stringify(event)}`,
    `${dump(pod)}---\n${dump(event)}`,
    Buffer.from(`\ufeff${JSON.stringify(list('List', [pod, event]))}`, 'utf16le'),
    JSON.stringify([pod, event]),
  ];
  for (const text of texts) assert.deepEqual(codes(await why(text)), ['manifest-not-found likely']);
});

test('what the file does not hold is unknown, not absent', async () => {
  const report = await why(JSON.stringify(failingPod('web', 'shop', { secret: 'regcred' })));
  assert.equal(step(report, 'events')?.status, 'unknown');
  assert.equal(step(report, 'events')?.finding, 'not in the file: events of namespace shop');
  assert.match(step(report, 'secrets')?.finding ?? '', /^regcred is not readable: not in the file: secret regcred of namespace shop/);
  assert.equal(step(report, 'registry')?.finding, 'a saved file is explained offline');
  assert.equal(report.source, 'objects');
});

test('ages are counted from the newest time in the file, whenever it is read', async () => {
  const { out } = await asked(JSON.stringify(list('List', [pod, event])), 'why', '--from=-');
  assert.match(
    out,
    /^Pod shop\/web on node node1, failing for 4m58s\nFrom a file, as of its newest time, 2026-03-01T10:05:00\.000Z: ages may be greater\.\n/,
  );
});

test('a time of the future is no time of the file', async () => {
  const planned = { ...event, metadata: { ...event.metadata, creationTimestamp: '2999-01-01T00:00:00Z' } };
  assert.equal((await why(JSON.stringify(list('List', [pod, planned])))).collectedAt, '2026-03-01T10:05:00.000Z');
});

test('the text of kubectl describe, of an old and of a new kubectl, of several pods and with other things between', async () => {
  const old = await why(readFileSync(fixture('describe-1.20.txt'), 'utf8'));
  assert.deepEqual(codes(old), ['manifest-not-found likely']);
  assert.deepEqual(old.pod.owner, { kind: 'Deployment', name: 'web' });
  assert.equal(old.collectedAt, '2021-03-01T10:12:00.000Z');
  assert.equal(old.images[0]?.failingSince, '2021-03-01T10:00:00.000Z');
  assert.match(step(old, 'secrets')?.finding ?? '', /kubectl describe does not show pull secrets/);
  assert.equal(step(old, 'spec')?.finding.includes('pull policy'), false);
  const recent = await why(readFileSync(fixture('describe-1.36.txt'), 'utf8'));
  assert.deepEqual(codes(recent), ['manifest-not-found likely', 'none likely']);
  const both = `Name: node1\nRoles: <none>\n\n${readFileSync(fixture('describe-1.20.txt'), 'utf8')}\n\n${readFileSync(fixture('describe-1.36.txt'), 'utf8')}`;
  assert.deepEqual(codes(await why(both, 'init-container')), codes(recent));
});

test('where pull secrets are not shown, a denial may be their fault', async () => {
  const text = readFileSync(fixture('describe-1.20.txt'), 'utf8').replaceAll(
    /rpc error: code = Unknown desc = .*manifest unknown$/gm,
    'failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
  );
  const report = await why(text);
  assert.deepEqual(codes(report), ['auth-required likely']);
  assert.ok(report.images[0]?.alternatives.some(({ code }) => code === 'pull-secret-wrong-registry'));
});

test('where the event of the failure is gone, describe tells no cause: the pod itself is to be read', async () => {
  const text = readFileSync(fixture('describe-1.20.txt'), 'utf8').replace(/^.*Failed to pull image.*\n/m, '');
  const report = await why(text);
  assert.deepEqual(codes(report), ['unknown possible']);
  assert.deepEqual(report.images[0]?.fixes[0]?.commands, ['kubectl -n shop get pods,events -o yaml']);
});

test('a container that ended as it started: its log, which might name the platform, is in no file', async () => {
  const ended = { terminated: { exitCode: 1, reason: 'Error', startedAt: '2026-03-01T10:04:00Z', finishedAt: '2026-03-01T10:04:00Z' } };
  const crashing = {
    name: 'app',
    image: 'x',
    imageID: 'x@sha256:1',
    restartCount: 3,
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: ended,
  };
  const report = await why(JSON.stringify({ ...pod, status: { phase: 'Running', containerStatuses: [crashing] } }));
  assert.deepEqual(codes(report), ['none likely']);
  assert.deepEqual(
    report.images[0]?.alternatives.map(({ code }) => code),
    ['platform-mismatch'],
  );
});

test('events alone tell of pods, and that no more is known of them', async () => {
  const report = await why(JSON.stringify(list('EventList', [event])));
  assert.deepEqual(codes(report), ['manifest-not-found likely']);
  assert.equal(report.source, 'events');
  const { out } = await asked(JSON.stringify(list('EventList', [event])), 'why', '--from=-');
  assert.match(out, /whether the pod is still there is not known/);
});

test('the one pod of a file is explained whether or not it fails, and a pull that goes on is not called young', async () => {
  const slow = {
    ...pod,
    status: { phase: 'Pending', containerStatuses: [{ name: 'app', image: 'x', state: { waiting: { reason: 'ContainerCreating' } } }] },
  };
  const pulling = {
    ...event,
    reason: 'Pulling',
    type: 'Normal',
    message: 'Pulling image "registry.example.com/team/app:v9"',
    lastTimestamp: '2026-03-01T10:00:02Z',
  };
  assert.deepEqual(
    codes(
      await why(
        JSON.stringify(list('List', [slow, { ...pulling, metadata: { ...pulling.metadata, creationTimestamp: '2026-03-01T10:00:02Z' } }])),
      ),
    ),
    ['still-pulling likely'],
  );
  assert.deepEqual(codes(await why(JSON.stringify(runningPod('a')))), ['none certain']);
});

test('events of pods that are gone are nothing where the file holds pods', async () => {
  const { out, err } = await asked(JSON.stringify(list('List', [event, runningPod('a'), runningPod('b')])), 'why', '--from=-');
  assert.deepEqual([out, err], ['', 'No failing image pulls found in standard input.\n']);
});

const mustGather = (pods: readonly object[], events: readonly object[], secrets: readonly object[] = []) =>
  Object.entries({
    'must-gather.local.1/quay-io-sha256-1/version': 'openshift/must-gather\n4.16\n',
    'must-gather.local.1/quay-io-sha256-1/cluster-scoped-resources/core/nodes/node1.yaml': `---\n${dump(node('node1'))}`,
    'must-gather.local.1/quay-io-sha256-1/namespaces/shop/core/pods.yaml': `---\n${dump(list('PodList', pods.map(kindless)))}`,
    'must-gather.local.1/quay-io-sha256-1/namespaces/shop/core/events.yaml': `---\n${dump(list('EventList', events.map(kindless)))}`,
    'must-gather.local.1/quay-io-sha256-1/namespaces/shop/core/secrets.yaml': `---\n${dump(list('SecretList', secrets))}`,
    'must-gather.local.1/quay-io-sha256-1/namespaces/shop/pods/web/web.yaml': `---\n${dump(pods[0])}`,
    'must-gather.local.1/quay-io-sha256-1/namespaces/shop/pods/web/app/app/logs/current.log':
      '{"kind":"Pod","metadata":{"name":"in-a-log"}}\n',
  }).map(([name, data]) => ({ name, data }));

const kindless = (object: object) => ({ ...object, kind: undefined, apiVersion: undefined });
const node = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, creationTimestamp: '2026-01-01T00:00:00Z' },
  status: {
    nodeInfo: { operatingSystem: 'linux', architecture: 'amd64', kubeletVersion: 'v1.29.1', containerRuntimeVersion: 'cri-o://1.29' },
  },
});

test('a must-gather, as an archive, packed or not, on standard input, and as a directory', async (t) => {
  const files = mustGather([pod, runningPod('other')], [event]);
  const root = folder(t);
  for (const { name, data } of files) {
    mkdirSync(dirname(join(root, 'dir', name)), { recursive: true });
    writeFileSync(join(root, 'dir', name), data);
  }
  writeFileSync(join(root, 'named-as-a-picture.png'), tgz(...files));
  for (const input of [tgz(...files), tar(...files)]) {
    const report = await why(input);
    assert.deepEqual(codes(report), ['manifest-not-found likely']);
    assert.equal(report.pod.node?.kubelet, 'v1.29.1');
  }
  for (const path of ['dir', 'named-as-a-picture.png']) {
    const { items, groups } = await scan(join(root, path));
    assert.deepEqual([items.map(({ pod }) => pod.name), groups?.length], [['web'], 1]);
    const { out } = await asked('', 'scan', `--from=${join(root, path)}`);
    assert.match(out, new RegExp(`More  kubectl imagepull why web -n shop --from ${root}/${path}\n`));
  }
});

test('a support bundle: lists as arrays or with their kind, a file per namespace', async () => {
  const other = failingPod('api', 'back', { image: 'registry.example.com/team/app:v9' });
  const bundle = tgz(
    { name: 'support-bundle-1/version.yaml', data: 'apiVersion: troubleshoot.sh/v1beta2\nkind: SupportBundle\n' },
    { name: 'support-bundle-1/cluster-resources/pods/shop.json', data: JSON.stringify([kindless(pod)]) },
    { name: 'support-bundle-1/cluster-resources/pods/back.json', data: JSON.stringify(list('PodList', [other])) },
    { name: 'support-bundle-1/cluster-resources/events/shop.json', data: JSON.stringify([kindless(event)]) },
    { name: 'support-bundle-1/cluster-resources/events/back.json', data: JSON.stringify(list('EventList', [failedEvent(other)])) },
    { name: 'support-bundle-1/cluster-resources/nodes.json', data: JSON.stringify([kindless(node('node1'))]) },
    { name: 'support-bundle-1/cluster-resources/pods/logs/shop/web/app.log', data: 'anything\n' },
  );
  const { code, out } = await asked(bundle, 'scan', '--from=-', '-ojson');
  const { items, groups } = JSON.parse(out) as PullReportList;
  assert.deepEqual([code, items.length, groups?.map(({ cause, pods }) => [cause.code, pods.length])], [0, 2, [['manifest-not-found', 2]]]);
  const one = JSON.parse((await asked(bundle, 'scan', '--from=-', '-ojson', '-n=back', '--node=node1')).out) as PullReportList;
  assert.deepEqual(
    one.items.map(({ pod }) => pod.name),
    ['api'],
  );
});

test('what kubectl cluster-info dump prints, logs and all', async () => {
  const text = `${JSON.stringify(list('NodeList', [kindless(node('node1'))]), null, 4)}\n${JSON.stringify(list('EventList', [kindless(event)]), null, 4)}\n${JSON.stringify(list('PodList', [kindless(pod)]), null, 4)}\n==== START logs for container app of pod shop/web ====\n{"unbalanced\n==== END logs for container app of pod shop/web ====\n`;
  assert.deepEqual(codes(await why(text)), ['manifest-not-found likely']);
});

const denied = (one: ReturnType<typeof failingPod>) =>
  failedEvent(
    one,
    'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
  );

test('a Secret in the file is read for its keys; one whose contents were taken out proves nothing', async () => {
  const using = failingPod('web', 'shop', { secret: 'regcred' });
  const whole = pullSecret(
    'regcred',
    'shop',
    JSON.stringify({ auths: { 'other.example.com': { username: 'u', password: 'planted-password' } } }),
  );
  const known = await why(JSON.stringify(list('List', [using, denied(using), whole])));
  assert.equal(known.images[0]?.cause.code, 'pull-secret-wrong-registry');
  const taken = [
    pullSecret('regcred', 'shop', '120 bytes long'),
    pullSecret('regcred', 'shop', ''),
    pullSecret('regcred', 'shop', '{"auths":{"other.example.com":{"auth":"***HIDDEN***"}}}'),
    { ...whole, data: { '.dockerconfigjson': '***HIDDEN***' } },
    { ...whole, data: null },
  ];
  for (const secret of taken) {
    const report = await why(JSON.stringify(list('List', [using, denied(using), secret])));
    assert.deepEqual(codes(report), ['auth-required likely'], JSON.stringify(secret));
    assert.match(step(report, 'secrets')?.finding ?? '', /its contents were taken out of the file/);
    assert.ok(report.images[0]?.alternatives.some(({ code }) => code === 'pull-secret-wrong-registry'));
  }
});

test('no secret of a file is shown or saved', async (t) => {
  const using = failingPod('web', 'shop', { secret: 'regcred' });
  const config = JSON.stringify({
    auths: {
      'registry.example.com': { username: 'u', password: 'planted-password', auth: Buffer.from('u:planted-password').toString('base64') },
    },
  });
  const text = JSON.stringify(list('List', [using, denied(using), pullSecret('regcred', 'shop', config)]));
  const saved = join(folder(t), 'evidence.json');
  const outputs = await Promise.all(
    ['wide', 'json', 'yaml', 'markdown'].map(
      async (format) => (await asked(text, 'why', '--from=-', `-o${format}`, `--save=${saved}`)).out,
    ),
  );
  const all = [...outputs, readFileSync(saved, 'utf8')].join('\n');
  assert.match(all, /regcred/);
  for (const planted of ['planted', Buffer.from(config).toString('base64'), Buffer.from('u:planted-password').toString('base64')])
    assert.equal(all.includes(planted), false, planted);
  const replayed = await asked('', 'why', `--from=${saved}`, '-ojson');
  assert.deepEqual(codes(JSON.parse(replayed.out)), codes(await why(text)));
});

test('links below a directory are not followed', async (t) => {
  const root = folder(t);
  mkdirSync(join(root, 'dump'));
  writeFileSync(join(root, 'outside.json'), JSON.stringify(pod));
  symlinkSync(join(root, 'outside.json'), join(root, 'dump', 'link.json'));
  symlinkSync(root, join(root, 'dump', 'up'));
  const { code, err } = await asked('', 'why', `--from=${join(root, 'dump')}`);
  assert.equal(code, 1);
  assert.match(err, /holds no pods, events or evidence/);
  cpSync(join(root, 'outside.json'), join(root, 'dump', 'pod.json'));
  assert.equal((await asked('', 'why', `--from=${join(root, 'dump')}`)).code, 0);
});

test('what is none of these is one line that names what would be right', async () => {
  const refused: readonly (readonly [string | Buffer, RegExp])[] = [
    ['', /^error: standard input holds no pods, events or evidence: give a file of --save, kubectl get pods,events -o yaml\|json, .*\n$/],
    [
      'NAME   READY   STATUS\nweb    0/1     ImagePullBackOff\n',
      /^error: standard input holds a table of kubectl get: save it with -o yaml or -o json\n$/,
    ],
    [
      '{"items":[{"kind":"Pod"',
      /holds no pods, events or evidence \(1 object in it could not be read: cut off, too large or not well formed\)/,
    ],
    [Buffer.from([0, 1, 2, 255]), /holds no pods/],
    ['<html>', /holds no pods/],
    ['kind: ConfigMap\nmetadata: {name: a}\n', /holds no pods/],
    [Buffer.from('PK\u0003\u0004rest'), /is a zip archive/],
  ];
  for (const [input, message] of refused) {
    const { code, err, out } = await asked(input, 'why', '--from=-');
    assert.deepEqual([code, out, err.split('\n').length], [1, '', 2], err);
    assert.match(err, message);
  }
  assert.match((await asked('', 'why', '--from=/nonexistent')).err, /^error: the path "\/nonexistent" does not exist\n$/);
});

test('what could not be read is told beside the answer', async () => {
  const { code, out, err } = await asked(`${JSON.stringify(list('List', [pod, event]))}\n{"kind":"Pod","metadata":`, 'why', '--from=-');
  assert.deepEqual([code, err], [0, 'warning: 1 object in standard input could not be read: cut off, too large or not well formed\n']);
  assert.match(out, /manifest-not-found/);
});

test('objects of any shape are borne', async () => {
  const shapes = [null, 1, 'x', [], {}, [null], { a: 1 }];
  const odd: readonly unknown[] = shapes.flatMap((shape): readonly unknown[] => [
    { ...pod, spec: shape },
    { ...pod, status: shape },
    { ...pod, metadata: { ...pod.metadata, labels: shape, ownerReferences: shape, creationTimestamp: shape } },
    { ...pod, status: { containerStatuses: [{ name: 'app', state: shape }, shape], conditions: shape } },
    { ...pod, spec: { containers: [shape, { name: shape, image: shape }], imagePullSecrets: shape, volumes: shape } },
    { ...event, involvedObject: shape, source: shape, series: shape, message: shape },
    { kind: 'Secret', metadata: { name: 'a' }, data: shape, type: shape },
    { kind: 'Node', metadata: { name: 'node1' }, status: shape },
    { kind: 'Deployment', metadata: { name: 'web' }, spec: { selector: shape, template: shape } },
    shape,
  ]);
  for (const one of odd)
    assert.equal(
      (await asked(JSON.stringify(list('List', [pod, event, one as object])), 'why', '--from=-', '-owide')).err.includes('unexpected'),
      false,
    );
});

test('a pod is chosen by name, by namespace and by workload; what is not there is told', async () => {
  const owned = {
    ...failingPod('api-1', 'back'),
    metadata: {
      ...failingPod('api-1', 'back').metadata,
      labels: { app: 'api' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'api', uid: 'set', controller: true }],
    },
  };
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'api', namespace: 'back', uid: 'set' },
    spec: { selector: { matchLabels: { app: 'api' } } },
  };
  const text = JSON.stringify(list('List', [pod, event, failingPod('web', 'back'), owned, set]));
  assert.equal((await why(text, 'web', '-n=back')).pod.namespace, 'back');
  assert.equal((await why(text, 'sts/api')).pod.name, 'api-1');
  assert.match(
    (await asked(text, 'why', 'web', '--from=-')).err,
    /^error: standard input holds pods "web" of several namespaces: name one by -n \(shop, back\)\n$/,
  );
  assert.match((await asked(text, 'why', 'wep', '--from=-')).err, /^error: standard input holds no pod "wep"\nSimilar names in it: web\n$/);
  assert.match((await asked(text, 'why', 'sts/nothing', '--from=-')).err, /holds no pods of statefulset "nothing"/);
});

test('a namespace and a node of which the file holds nothing are no places where all is well', async () => {
  const input = JSON.stringify({ kind: 'List', items: [pod, event, node('idle')] });
  const said = async (...argv: string[]) => {
    const { code, err } = await asked(input, ...argv, '--from', '-');
    return [code, err];
  };
  assert.deepEqual(await said('scan', '-n', 'nope'), [1, 'error: standard input holds nothing of namespace "nope"\n']);
  assert.deepEqual(await said('why', '-n', 'nope'), [1, 'error: standard input holds nothing of namespace "nope"\n']);
  assert.deepEqual(await said('scan', '--node', 'nope'), [1, 'error: standard input holds neither node "nope" nor pods of it\n']);
  assert.deepEqual(await said('scan', '--node', 'idle'), [0, 'No failing image pulls found.\n']);
});

test('pods of a node are compared with those of all others in the file: a name that resolves there is not misspelt', async () => {
  const lost = failedEvent(pod, 'dial tcp: lookup registry.example.com on 10.0.0.1:53: no such host');
  const input = JSON.stringify({
    kind: 'List',
    items: [pod, lost, runningPod('other', 'shop', 'registry.example.com/team/other:v1', 'node2')],
  });
  const { out } = await asked(input, 'scan', '--node', 'node1', '--from', '-');
  assert.match(out, /^1 .*dns-failure \(certain\): .* from node node1, while it works elsewhere$/m);
  assert.doesNotMatch(out, /misspelt/);
});

test('a pod without containers is told in words of its own', async () => {
  const { err } = await asked('{"kind":"Pod","metadata":{"name":"x"}}', 'why', '--from', '-');
  assert.equal(err, 'error: pod x has no containers\n');
});

test('a list that is an item of a list is no loss', async () => {
  const nested = list('List', [list('PodList', [kindless(pod)]), list('List', [event])]);
  for (const text of [JSON.stringify(nested), dump(nested), JSON.stringify([list('PodList', [pod]), event])])
    assert.deepEqual(codes(await why(text)), ['manifest-not-found likely']);
});
