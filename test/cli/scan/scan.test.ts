// `scan` from the sources as a process of its own, against servers on loopback.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from '../../end-to-end/run.ts';
import { type Answer, type Asked, apiServer, columns, row } from '../../playbook/scan/api.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const env = { PATH: process.env.PATH, HOME: '/nonexistent' };
const argv = (server: string, ...args: readonly string[]) => [main, 'scan', `--server=${server}`, ...args];

const failure = (code: number, reason: string, message: string): Answer => ({ code, body: { kind: 'Status', code, reason, message } });

/** A cluster in which no pull fails. */
function healthy(rows: readonly object[], namespace: Answer) {
  return ({ path, accept }: Asked): Answer => {
    if (/\/namespaces\/[^/]+$/.test(path)) return namespace;
    if (accept.includes('as=Table')) return { body: { kind: 'Table', columnDefinitions: columns, metadata: {}, rows } };
    return { body: { metadata: {}, items: [] } };
  };
}

async function scanning(answer: (asked: Asked) => Answer, ...args: readonly string[]) {
  const api = await apiServer(answer);
  try {
    const outcome = await run(process.execPath, argv(api.cluster.server, ...args), { env });
    const asked = api.log.filter(({ path }) => /\/namespaces\/[^/]+$/.test(path)).length;
    return { code: outcome.code, stdout: outcome.stdout, stderr: outcome.stderr, asked };
  } finally {
    api.stop();
  }
}

const absent = failure(404, 'NotFound', 'namespaces "shpo" not found');

test('a namespace that does not exist is an error in kubectl’s words, in each format', async () => {
  for (const format of ['table', 'json']) {
    assert.deepEqual(await scanning(healthy([], absent), '-n', 'shpo', '-o', format), {
      code: 1,
      stdout: '',
      stderr: 'Error from server (NotFound): namespaces "shpo" not found\n',
      asked: 1,
    });
  }
});

test('where namespaces may not be read, that it could not be checked is said', async () => {
  const refusal = 'namespaces "shop" is forbidden: User "dev" cannot get resource "namespaces" in API group "" in the namespace "shop"';
  const { code, stderr } = await scanning(healthy([], failure(403, 'Forbidden', refusal)), '-n', 'shop');
  assert.equal(code, 0);
  assert.equal(
    stderr,
    `No failing image pulls found in shop namespace.\nwarning: no pod was seen there, and whether namespace shop exists could not be checked: Error from server (Forbidden): ${refusal}\n`,
  );
});

test('a namespace is not asked for where pods of it were seen, nor for all namespaces', async () => {
  const seen = await scanning(healthy([row('web', '1/1', 'Running')], absent), '-n', 'shop');
  assert.deepEqual(seen, { code: 0, stdout: '', stderr: 'No failing image pulls found in shop namespace.\n', asked: 0 });
  assert.deepEqual(await scanning(healthy([], absent), '-A'), { code: 0, stdout: '', stderr: 'No failing image pulls found.\n', asked: 0 });
});

test('a node that does not exist is an error in kubectl’s words too', async () => {
  const typo = ({ path, accept }: Asked): Answer =>
    path.endsWith('/nodes/nope') ? failure(404, 'NotFound', 'nodes "nope" not found') : healthy([], absent)({ path, accept } as Asked);
  const { code, stderr } = await scanning(typo, '-A', '--node', 'nope');
  assert.deepEqual([code, stderr], [1, 'Error from server (NotFound): nodes "nope" not found\n']);
});

function failing(name: string, image: string) {
  return {
    metadata: { name, namespace: 'shop', uid: name, creationTimestamp: '2026-10-05T11:00:00Z' },
    spec: { nodeName: 'node1', containers: [{ name: 'app', image }] },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'app', image, state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image' } } }],
    },
  };
}

test('Ctrl-C ends a scan that waits for a registry at once, and says how far it came, without a report', { timeout: 20_000 }, async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const reached = once(silent, 'connection');
  const pods = [failing('bad-name', 'r.example.com/Team/App:1'), failing('waits', 'r.example.com/app:1')];
  const api = await apiServer(({ path, query }) =>
    path.endsWith('/pods') && query.get('fieldSelector')?.startsWith('status.phase=Pending')
      ? { body: { metadata: {}, items: pods } }
      : path.includes('/nodes/')
        ? failure(404, 'NotFound', 'gone')
        : { body: { metadata: {}, items: [] } },
  );
  const child = spawn(process.execPath, argv(api.cluster.server, '-A'), {
    env: { ...env, HTTPS_PROXY: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` },
  });
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (part) => (text.out += part));
  child.stderr.setEncoding('utf8').on('data', (part) => (text.err += part));
  try {
    const [socket] = await reached;
    const begun = performance.now();
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'close'), [130, null]);
    assert.ok(performance.now() - begun < 1500, `${performance.now() - begun} ms`);
    assert.match(
      text.err,
      /^interrupted: (?:1 of 2 failing pods read; known by then: 1 [a-z-]+|0 of 2 failing pods read|2 pods read, 2 failing)\n$/,
    );
    assert.equal(text.out, '');
    socket.destroy();
  } finally {
    child.kill('SIGKILL');
    silent.close();
    api.stop();
  }
});

for (const [words, code] of [
  [[], 1],
  [['--exit-code'], 3],
] as const) {
  test(`the end of --timeout ends a scan with what is known by then ${words}`, { timeout: 60_000 }, async () => {
    const waits = failing('waits', 'r.example.com/Team/App:2');
    const pods = [failing('known', 'r.example.com/Team/App:1'), { ...waits, spec: { ...waits.spec, serviceAccountName: 'slow' } }];
    const api = await apiServer(({ path, query }) => {
      if (path.endsWith('/serviceaccounts/slow')) return new Promise(() => undefined);
      if (path.includes('/nodes/')) return failure(404, 'NotFound', 'gone');
      const isPending = path.endsWith('/pods') && query.get('fieldSelector')?.startsWith('status.phase=Pending');
      return { body: { metadata: {}, items: isPending ? pods : [] } };
    });
    try {
      const args = argv(api.cluster.server, '-A', '--timeout=3s', '--no-registry', ...words);
      const outcome = await run(process.execPath, args, { env, limit: 50_000 });
      assert.equal(outcome.stderr, 'error: the time of --timeout is over: 1 failing pod was read, 1 more was not\n');
      assert.match(outcome.stdout, /invalid-image-name \(\w+\): r\.example\.com\/Team\/App:1/);
      assert.equal(outcome.code, code);
    } finally {
      api.stop();
    }
  });
}

test('the end of --timeout before all pods were listed is an error, not an all-clear', { timeout: 60_000 }, async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const server = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, argv(server, '-A', '--timeout=1s'), { env });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (part) => (err += part));
  try {
    assert.deepEqual(await once(child, 'close'), [1, null]);
    assert.match(err, /^error: the time of --timeout is over: no pod read\n$|Client\.Timeout exceeded/);
  } finally {
    child.kill('SIGKILL');
    silent.close();
  }
});

test('registries that never answer take no more than their share of --timeout: every pod is judged', { timeout: 60_000 }, async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const pods = Array.from({ length: 32 }, (_, index) => failing(`p${index}`, `r${index}.example.com/app:1`));
  const api = await apiServer(({ path, query }) => {
    if (path.includes('/nodes/')) return failure(404, 'NotFound', 'gone');
    const isPending = path.endsWith('/pods') && query.get('fieldSelector')?.startsWith('status.phase=Pending');
    return { body: { metadata: {}, items: isPending ? pods : [] } };
  });
  try {
    const proxied = { ...env, HTTPS_PROXY: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` };
    const outcome = await run(process.execPath, argv(api.cluster.server, '-A', '--timeout=8s'), { env: proxied, limit: 50_000 });
    assert.deepEqual([outcome.code, outcome.stderr], [0, '']);
    assert.match(outcome.stdout, /r31\.example\.com/);
  } finally {
    api.stop();
    silent.close();
  }
});
