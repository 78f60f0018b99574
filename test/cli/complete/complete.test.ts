import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
// Loaded before the program's own two seconds run.
import '../../../src/cli/complete/names.ts';
import { commandNames } from '../../../src/cli/options.ts';
import { run } from '../../../src/cli/run.ts';
import { fakeIo } from '../fake-io.ts';

const table = {
  kind: 'Table',
  columnDefinitions: [{ name: 'Name' }, { name: 'Ready' }, { name: 'Status' }],
  rows: [
    { cells: ['calm', '1/1', 'Running'] },
    { cells: ['db', '0/1', 'Pending'] },
    { cells: ['web\u001b[31m', '0/1', 'ErrImagePull'] },
    { cells: ['web-0', '0/1', 'Image\tPull\nBackOff'] },
  ],
};

const secretTable = {
  kind: 'Table',
  columnDefinitions: [{ name: 'Name' }, { name: 'Type' }, { name: 'Data' }],
  rows: [
    { cells: ['old', 'kubernetes.io/dockercfg', 1] },
    { cells: ['other', 'Opaque', 2] },
    { cells: ['regcred', 'kubernetes.io/dockerconfigjson', 1] },
  ],
};

const cronJob = {
  spec: {
    jobTemplate: {
      spec: { template: { spec: { containers: [{ name: 'app', image: 'r.example/app:1' }], initContainers: [{ name: 'migrate' }] } } },
    },
  },
};

const asked: string[] = [];
let silent = false;

const server = createServer((request, response) => {
  asked.push(`${request.url} ${request.headers.accept?.includes('as=Table') ? 'Table' : 'object'}`);
  if (!silent) answer(request.url ?? '', response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
after(() => server.closeAllConnections() ?? server.close());

function answer(url: string, response: ServerResponse): void {
  response.setHeader('Content-Type', 'application/json');
  if (url.includes('/secret/')) response.writeHead(403).end('{"kind":"Status","code":403}');
  else if (url.includes('/shop/secrets')) response.end(JSON.stringify(secretTable));
  else response.end(JSON.stringify(url.endsWith('/cronjobs/nightly') ? cronJob : table));
}

const connection = `--server=http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function completed(...words: string[]): Promise<string[]> {
  const io = fakeIo({ env: { HOME: '/nonexistent' } });
  assert.equal(await run(['__complete', ...words], io), 0);
  assert.equal(io.err(), '');
  return io.out().trimEnd().split('\n');
}

test('commands, flags and their values need no cluster', async () => {
  const before = asked.length;
  assert.deepEqual(await completed(''), [...commandNames, ':36']);
  assert.deepEqual(await completed('-n', 'shop', 'ex'), ['explain', ':36']);
  assert.deepEqual(await completed('help', 'w'), ['why', ':36']);
  assert.deepEqual(await completed('check', '-o', 'm'), ['markdown', ':36']);
  assert.deepEqual(await completed('why', '-o', ''), ['table', 'wide', 'json', 'yaml', 'name', 'markdown', ':36']);
  assert.deepEqual(await completed('explain', '-o', ''), ['text', 'json', 'yaml', ':36']);
  assert.deepEqual(await completed('why', '--probe=n'), ['never', ':36']);
  assert.deepEqual(await completed('scan', '--probe='), ['never', 'always', ':36']);
  assert.deepEqual(await completed('why', '--save', ''), [':0']);
  assert.deepEqual(await completed('why', '-o='), ['table', 'wide', 'json', 'yaml', 'name', 'markdown', ':36']);
  assert.deepEqual(await completed('why', '-o=j'), ['json', ':36']);
  assert.deepEqual(await completed('why', '-oj'), ['-ojson', ':36']);
  assert.deepEqual(await completed('scan', '-Aow'), ['-Aowide', ':36']);
  assert.deepEqual(await completed('scan', '-A='), ['true', 'false', ':36']);
  assert.deepEqual(await completed('why', '-Qoj'), [':36']);
  assert.match((await completed('why', '--no-reg')).join('\n'), /^--no-registry\tIf true, do not[^\n]*\n:36$/);
  assert.equal(asked.length, before);
});

test('explain: the codes of causes, with their titles', async () => {
  const lines = await completed('explain', 'auth-re');
  assert.deepEqual(
    lines.map((line) => line.split('\t')[0]),
    ['auth-required', 'auth-rejected', ':36'],
  );
  assert.match(lines[0] ?? '', /\t\w/);
  assert.deepEqual(await completed('explain', 'auth-required', ''), [':4']);
});

test('pods by one request for rows, those that wait for an image first; what could move the cursor is left out', async () => {
  asked.length = 0;
  const lines = await completed('why', '-n', 'shop', connection, '');
  assert.deepEqual(lines.slice(0, 4), ['web-0\tImage Pull BackOff', 'db\tPending', 'calm\tRunning', 'pod/']);
  assert.deepEqual(asked, ['/api/v1/namespaces/shop/pods?includeObject=None&limit=5000 Table']);
});

test('workloads: types without a space behind them, then names', async () => {
  assert.deepEqual(await completed('why', connection, 'dep'), ['deployment/', ':38']);
  asked.length = 0;
  assert.deepEqual(await completed('why', connection, 'sts/d'), ['sts/db\tPending', ':36']);
  assert.deepEqual(await completed('why', connection, 'sts', 'd'), ['db\tPending', ':36']);
  assert.deepEqual(await completed('scan', connection, 'a/b', 'deploy/d'), ['deploy/db\tPending', ':36']);
  assert.deepEqual(
    asked.map((line) => line.split('?')[0]),
    ['statefulsets', 'statefulsets', 'deployments'].map((plural) => `/apis/apps/v1/namespaces/default/${plural}`),
  );
});

test('containers, nodes and namespaces', async () => {
  assert.deepEqual(await completed('why', connection, 'cj/nightly', '-c', ''), ['app\tr.example/app:1', 'migrate', ':36']);
  asked.length = 0;
  assert.deepEqual(await completed('scan', connection, '--node=d'), ['db\tPending', ':36']);
  assert.deepEqual(await completed(connection, '-n', 'd'), ['db\tPending', ':36']);
  assert.deepEqual(
    asked.map((line) => line.split('?')[0]),
    ['/api/v1/nodes', '/api/v1/namespaces'],
  );
});

test('pull secrets, without their contents, and service accounts', async () => {
  asked.length = 0;
  assert.deepEqual(await completed('check', '-nshop', connection, '--secret', ''), ['old', 'regcred', ':36']);
  assert.deepEqual(await completed('check', '-n', 'shop', connection, '--service-account=c'), ['calm\tRunning', ':36']);
  assert.deepEqual(
    asked,
    ['secrets', 'serviceaccounts'].map((what) => `/api/v1/namespaces/shop/${what}?includeObject=None&limit=5000 Table`),
  );
});

test('a context with a blank in its name', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-complete-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const kubeconfig = join(folder, 'config');
  const contexts = ['weird name', 'two\nlines', 'plain'].map((name) => ({ name, context: {} }));
  writeFileSync(kubeconfig, JSON.stringify({ contexts }));
  assert.deepEqual(await completed('why', `--kubeconfig=${kubeconfig}`, '--context', ''), ['plain', 'weird name', ':36']);
});

test('what stands in the way is not said: there are no names then', async () => {
  assert.deepEqual(await completed('why', '-n', 'secret', connection, 'pod/w'), [':4']);
  assert.deepEqual(await completed('why', '--server=http://127.0.0.1:1', 'pod'), ['pod/', ':38']);
  assert.deepEqual(await completed('why', '--bogus', ''), [':4']);
  assert.deepEqual(await completed('why', '--kubeconfig=/nonexistent', '--context', ''), [':4']);
  assert.deepEqual(await completed('why', 'a/b/c', '-c', ''), [':36']);
});

test('nobody waits longer than two seconds', async () => {
  silent = true;
  const began = performance.now();
  assert.deepEqual(await completed('why', connection, 'pod/w'), [':4']);
  const took = performance.now() - began;
  assert.ok(took > 1_500 && took < 2_900, String(took));
  silent = false;
});

test('called by the name that kubectl looks for, every word is one to complete', async () => {
  const io = fakeIo({ program: 'kubectl_complete-imagepull' });
  assert.equal(await run(['ver'], io), 0);
  assert.equal(io.out(), 'version\n:36\n');
});
