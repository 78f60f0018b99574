import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { fakeIo } from './fake-io.ts';

const pod = {
  metadata: { name: 'web', namespace: 'default', uid: 'u', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { nodeName: 'n1', containers: [{ name: 'app', image: '127.0.0.1:1/app:1', imagePullPolicy: 'IfNotPresent' }] },
  status: {
    phase: 'Pending',
    containerStatuses: [
      { name: 'app', image: '127.0.0.1:1/app:1', state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off' } } },
    ],
  },
};

/** An API server with one pod; `answer` takes every other request. */
async function serve(t: TestContext, answer: (response: ServerResponse) => void, podAfter = 0) {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    paths.push(path);
    response.setHeader('Content-Type', 'application/json');
    if (path === '/api/v1/namespaces/default/pods/web') setTimeout(() => response.end(JSON.stringify(pod)), podAfter);
    else answer(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

test('a container that there is not is said before anything is read or saved for it', async (t) => {
  const { address, paths } = await serve(t, (response) => response.end('{}'));
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-why-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const saved = join(folder, 'evidence.json');
  const io = fakeIo();
  assert.equal(await run(['why', 'web', '-c', 'ap', `--server=${address}`, `--save=${saved}`, '-n=default'], io), 1);
  assert.equal(io.err(), 'error: container ap is not valid for pod web\n');
  assert.deepEqual(paths, ['/api/v1/namespaces/default/pods/web']);
  assert.equal(existsSync(saved), false);
});

test('--timeout is the limit of the whole run, and what was found by then is shown', async (t) => {
  const { address } = await serve(t, () => {}, 700);
  const io = fakeIo();
  const begun = performance.now();
  const code = await run(['why', 'web', '--timeout=1s', '--probe=never', '--no-registry', `--server=${address}`, '-n=default'], io);
  const milliseconds = performance.now() - begun;
  assert.equal(code, 0, io.err());
  assert.match(io.out(), /ImagePullBackOff/);
  assert.ok(milliseconds < 1400, `${Math.round(milliseconds)} ms`);
});

test('what is to be typed next goes to the cluster that was asked', async (t) => {
  const { address } = await serve(t, (response) => response.writeHead(404).end('{}'));
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-why-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const kubeconfig = join(folder, 'config');
  const clusters = ['dead', 'live'].map((name) => ({ name, cluster: { server: name === 'live' ? address : 'http://127.0.0.1:1' } }));
  const contexts = clusters.map(({ name }) => ({ name: `the ${name}`, context: { cluster: name, namespace: 'default' } }));
  writeFileSync(kubeconfig, JSON.stringify({ clusters, contexts, 'current-context': 'the dead' }));
  const flags = ['--context=the live', `--kubeconfig=${kubeconfig}`, '--as=jane', '--token=s3cret'];
  const quoted = `--as=jane '--context=the live' --kubeconfig=${kubeconfig}`;
  for (const output of ['table', 'json', 'markdown']) {
    const io = fakeIo();
    assert.equal(await run(['why', 'web', '--probe=never', '--no-registry', `-o=${output}`, ...flags], io), 0, io.err());
    const commands = io.out().match(/kubectl(?! imagepull explain| describe shows)[^\n`"]*/g) ?? [];
    assert.notDeepEqual(commands, []);
    for (const command of commands) assert.ok(command.includes(quoted), command);
    assert.doesNotMatch(io.out(), /s3cret/);
  }
  const scan = fakeIo();
  assert.equal(await run(['scan', 'pod/web', '--no-registry', ...flags], scan), 0, scan.err());
  assert.ok(scan.out().includes(`More  kubectl imagepull why web -n default ${quoted}\n`), scan.out());
});
