import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { calledAs } from '../../src/cli/process-io.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

function start(...argv: string[]) {
  const child = spawn(process.execPath, [main, ...argv], { env: { PATH: process.env.PATH, HOME: '/nonexistent' } });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  return { child, err: () => err, end: once(child, 'close') as Promise<[number | null, string | null]> };
}

/** An API server that takes every request and answers none. */
async function silentServer() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const asked = once(server, 'request');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => server.closeAllConnections() ?? server.close(),
  };
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} ends a waiting run with ${code} and without a word`, async () => {
    const server = await silentServer();
    try {
      const { child, err, end } = start('why', 'web', `--server=${server.url}`);
      await server.asked;
      child.kill(signal);
      assert.deepEqual(await end, [code, null]);
      assert.equal(err(), '');
    } finally {
      server.close();
    }
  });
}

test('a reader that goes away is no error', async () => {
  const { child, err, end } = start('why', '--help');
  child.stdout.destroy();
  const [code] = await end;
  assert.ok(code === 0 || code === 141, String(code));
  assert.equal(err(), '');
});

test('an unreachable server is one line and 1', async () => {
  const { err, end } = start('why', 'web', '--server=http://127.0.0.1:1');
  assert.deepEqual(await end, [1, null]);
  assert.equal(err(), 'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n');
});

test('the name is the one that the program was called by', () => {
  assert.equal(calledAs(['/store/v1/bin', '/home/me/.krew/bin/kubectl-imagepull']), 'kubectl-imagepull');
  assert.equal(calledAs(['C:\\node.exe', 'C:\\bin\\kubectl-imagepull.exe']), 'kubectl-imagepull');
  assert.equal(calledAs(['/usr/bin/node', '/x/dist/kubectl-imagepull.cjs']), 'kubectl-imagepull');
  assert.equal(calledAs(['/usr/bin/node', '/x/src/main.ts']), 'kubectl-imagepull');
});
