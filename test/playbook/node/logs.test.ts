import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { withNodeLogs } from '../../../src/playbook/node/logs.ts';
import { done, evidence, nodeFacts } from '../../report/evidence-builder.ts';
import { FakeApi } from '../fake-api.ts';

const root = '/api/v1/nodes/n1/proxy/logs/';
const image = 'registry.example.com/payment:v2.1.3';
let api: FakeApi;
beforeEach(async () => {
  api = await FakeApi.start();
});
afterEach(() => api.stop());

async function logs(runtime = 'containerd://2.3.7') {
  const made = evidence({ node: done(nodeFacts({ name: 'n1', runtime })) });
  const { node } = await withNodeLogs(api.cluster(), { ...made, pod: { ...made.pod, createdAt: '2026-03-01T10:00:00Z' } });
  return node.outcome === 'done' && node.facts.logs ? node.facts.logs : assert.fail();
}

test('the log query: only lines about the image and helpers that fail, no older ones, nothing secret', async () => {
  const failure = `time="2026-03-01T11:00:00Z" level=error msg="PullImage \\"${image}\\" failed"`;
  api.texts.set(
    root,
    [
      `time="2026-03-01T09:00:00Z" level=error msg="PullImage \\"${image}\\" failed"`,
      `${failure} url="https://u:pw@registry.example.com/v2/payment/blobs/x?X-Sig=abc" Authorization: Bearer abcdef.ghi`,
      'time="2026-03-01T11:00:00Z" level=info msg="nginx"',
      'E0301 11:00:00 plugin.go:1] Failed getting credential from external registry credential provider',
      'I0301 11:00:00 plugin.go:1] credential provider is well',
    ].join('\n'),
  );
  const read = await logs();
  assert.deepEqual('value' in read && read.value.sources, ['/logs/?query=containerd', '/logs/?query=kubelet']);
  const lines = 'value' in read ? [...new Set(read.value.lines)] : [];
  assert.equal(lines.length, 2);
  assert.equal(lines[0], `${failure} url="https://…@registry.example.com/v2/payment/blobs/x?X-Sig=…" Authorization: Bearer …`);
  assert.match(lines[1] ?? '', /Failed getting credential/);
});

test('lines about this image: by its name, or by what its registry or a mirror was asked; not by a like one, nor what a probe asked', async () => {
  const asked = (url: string) => `time="2026-03-01T11:00:00Z" level=info msg="trying next host" error="i/o timeout" url="${url}"`;
  const wanted = [
    `level=error msg="pull of ${image} failed"`,
    asked('https://registry.example.com/v2/payment/manifests/v2.1.3'),
    asked('https://mirror.example.net/v2/payment/manifests/v2.1.3?ns=registry.example.com'),
  ];
  const others = [
    'level=error msg="pull of registry.example.com/payment-next:v1 failed"',
    asked('https://other.example.com/v2/payment/manifests/v2.1.3'),
    asked('https://mirror.example.net/v2/payment/manifests/v2.1.3?ns=registry.example.com.org'),
    asked('https://registry.example.com/v2/payment/manifests/imagepull-probe-0123abcd'),
  ];
  api.texts.set(root, [...wanted, ...others].join('\n'));
  const read = await logs();
  const lines = 'value' in read ? [...new Set(read.value.lines)] : [];
  assert.deepEqual(lines, wanted);
});

const listing = (...names: readonly string[]) =>
  `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${names.map((name) => `<a href="${name}">${name}</a>`).join('\n')}\n</pre>`;

test('without the feature the files under /var/log are read', async () => {
  api.texts.set(root, listing('apt/', 'dpkg.log', 'containerd.log', 'syslog'));
  api.texts.set(`${root}containerd.log`, `x "${image}" failed`);
  api.texts.set(`${root}syslog`, 'nothing of interest');
  assert.deepEqual(await logs(), { value: { sources: ['/logs/containerd.log', '/logs/syslog'], lines: [`x "${image}" failed`] } });
});

test('no log of a runtime is an obstacle, and so is a right that is lacking', async () => {
  api.texts.set(root, listing('apt/', 'dpkg.log'));
  const none = await logs();
  assert.match('obstacle' in none ? none.obstacle.message : '', /NodeLogQuery is not enabled/);
  api.refuse('GET', /\/logs\/$/, 403, 'Forbidden', 'nodes "n1" is forbidden: User "u" cannot get resource "nodes/proxy" in API group ""');
  const forbidden = await logs();
  assert.deepEqual('obstacle' in forbidden && [forbidden.obstacle.kind, forbidden.obstacle.permission], ['forbidden', 'get nodes/proxy']);
});

test('what a log says again and again is told once, and does not drive out the other log', async () => {
  api.texts.set(root, listing('containerd.log', 'kubelet.log'));
  api.texts.set(`${root}containerd.log`, `time="2026-03-01T11:00:00Z" level=error msg="PullImage \\"${image}\\" failed" error="not found"`);
  const again = Array.from({ length: 300 }, (_, second) => `E0301 11:${second}:00 pod_workers.go:1338] "Error syncing pod" err="${image}"`);
  api.texts.set(`${root}kubelet.log`, [...again, `E0301 12:00:00 x.go:1] ${image} other`].join('\n'));
  const read = await logs();
  const lines = 'value' in read ? read.value.lines : [];
  assert.equal(lines.length, 3);
  assert.match(lines[0] ?? '', /PullImage/);
  assert.match(lines[1] ?? '', /11:299:00/);
});

test('a time that stands behind the prefix of a journal counts too', async () => {
  const line = (time: string) => `Mar 01 09:00:00.1 n1 containerd[7]: time="${time}" level=error msg="PullImage \\"${image}\\" failed"`;
  api.texts.set(root, [line('2026-03-01T09:00:00Z'), line('2026-03-01T11:00:00Z')].join('\n'));
  const read = await logs();
  assert.deepEqual('value' in read ? [...new Set(read.value.lines)] : [], [line('2026-03-01T11:00:00Z')]);
});

test("that an address was a mirror's stays to be seen", async () => {
  const url = 'https://mirror.example.com/v2/payment/manifests/v2.1.3?ns=registry.example.com&token=abc';
  api.texts.set(root, `time="2026-03-01T11:00:00Z" level=info msg="trying next host" url="${url}"`);
  const read = await logs();
  assert.match(('value' in read && read.value.lines[0]) || '', /manifests\/v2\.1\.3\?ns=registry\.example\.com&token=…"/);
});

test('that a pull began or ended tells nothing', async () => {
  const lines = ['msg="PullImage', 'msg="trying next host'].map((text) => `time="2026-03-01T11:00:00Z" level=info ${text} ${image}"`);
  api.texts.set(root, lines.join('\n'));
  const read = await logs();
  assert.deepEqual('value' in read ? [...new Set(read.value.lines)] : [], lines.slice(1));
});

test('a secret is hidden in the forms that logs quote it in, and where a long line is cut', async () => {
  const forms = [
    String.raw`{\"password\":\"hunter2\"}`,
    '"access_token":"hunter2"',
    'client_secret=hunter2',
    'Authorization: hunter2',
    `password=${'hunter2'.repeat(10_000)}`,
    `${'x '.repeat(4000)}password=${'hunter2'.repeat(2000)} ${'y '.repeat(4500)}`,
  ];
  api.texts.set(root, forms.map((form) => `E0301 11:00:00 x.go:1] ${image} failed ${form}`).join('\n'));
  const read = await logs();
  const lines = 'value' in read ? read.value.lines : [];
  assert.equal(new Set(lines).size, forms.length);
  assert.doesNotMatch(lines.join('\n'), /hunter2/);
});
