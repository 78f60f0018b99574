import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { calledAs } from '../../src/cli/process-io.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

function start(...argv: string[]) {
  return node(main, ...argv);
}

function node(...args: string[]) {
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, HOME: '/nonexistent' } });
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
  ['SIGHUP', 129],
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

/** Waits until a process has a file open; where the system does not tell, for long enough. */
async function opened(id: number, file: string): Promise<void> {
  const descriptors = `/proc/${id}/fd`;
  if (!existsSync(descriptors)) return sleep(5000);
  const isOpen = () => readdirSync(descriptors).some((name) => nameOf(`${descriptors}/${name}`) === file);
  while (existsSync(descriptors) && !isOpen()) await sleep(20);
}

function nameOf(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}

test('a named pipe that nobody writes to is waited for until the run is ended', {
  skip: process.platform === 'win32',
  timeout: 60_000,
}, async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pipe-')));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const { child, err, end } = start('why', '--from', pipe);
  try {
    await opened(child.pid ?? 0, pipe);
    await sleep(200);
    assert.equal(child.exitCode, null, err());
    child.kill('SIGINT');
    assert.deepEqual(await Promise.race([end, sleep(20_000, 'alive')]), [130, null]);
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
});

/** A process that has an Io and does not heed its signal, or runs into a fault. */
function startWithIo(code: string, ...argv: readonly string[]) {
  const io = fileURLToPath(new URL('../../src/cli/process-io.ts', import.meta.url));
  const script = `const { processIo } = await import(${JSON.stringify(io)}); const io = processIo(); ${code}`;
  return node('--input-type=module', '-e', script, ...(argv.length > 0 ? ['kubectl-imagepull', ...argv] : []));
}

test('a second Ctrl-C ends at once what does not heed the first', async () => {
  const { child, end } = startWithIo(
    "setInterval(() => {}, 1000); io.signal.addEventListener('abort', () => console.log('aborted')); console.log('ready');",
  );
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  assert.deepEqual(await end, [130, null]);
});

test('a closed terminal hangs up more than once, and the run is left the time to tidy up', async () => {
  const { child, end } = startWithIo(
    "io.signal.addEventListener('abort', ({ target }) => { console.log('aborted'); setTimeout(() => process.exit(target.reason), 500); }); setTimeout(() => {}, 5000); console.log('ready');",
  );
  await once(child.stdout, 'data');
  child.kill('SIGHUP');
  await once(child.stdout, 'data');
  child.kill('SIGHUP');
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 250));
  assert.equal(ended, false);
  assert.deepEqual(await end, [129, null]);
});

test('a terminal that is gone is no error', async () => {
  const { child, err, end } = startWithIo(
    "io.stdout.write('x'); process.stdout.emit('error', Object.assign(new Error('write EIO'), { code: 'EIO' })); process.exitCode = io.signal.reason;",
  );
  child.stdout.resume();
  assert.deepEqual(await end, [129, null]);
  assert.equal(err(), '');
});

test('a fault that nobody waited for is one line, and ends the run with 1', async () => {
  const { err, end } = startWithIo("Promise.reject(new Error('lost'));");
  assert.deepEqual(await end, [1, null]);
  assert.match(err(), /^error: unexpected Error: lost\nThis is a fault of kubectl imagepull\. [^\n]*\n$/);
});

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

test('from -v=6 on a fault that nobody waited for has its stack', async () => {
  const { err, end } = startWithIo("setTimeout(() => {}, 5000); Promise.reject(new Error('lost'));", 'why', 'web', '-v=6');
  assert.deepEqual(await end, [1, null]);
  assert.match(err(), /^error: unexpected Error: lost\nThis is a fault of [^\n]*\nError: lost\n {4}at /);
});
