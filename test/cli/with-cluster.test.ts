import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { withCluster } from '../../src/cli/with-cluster.ts';
import { fakeIo } from './fake-io.ts';

const agents: (string | undefined)[] = [];
const server = createServer((request, response) => {
  agents.push(request.headers['user-agent']);
  response.setHeader('Warning', ['299 - "v1 is old"', '299 - "use v2"']);
  response.setHeader('Content-Type', 'application/json');
  response.end('{}');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
after(() => server.close());

const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function ask(warningsAsErrors: boolean) {
  const io = fakeIo();
  const code = await withCluster({ server: address, warningsAsErrors }, io, { timeoutMilliseconds: 5000 }, async (cluster) => {
    await cluster.get('/api/v1/pods');
    await cluster.get('/api/v1/nodes');
    return 0;
  });
  return { code, err: io.err() };
}

test('warnings of the server are shown once each, and are errors where that was asked for', async () => {
  const shown = 'Warning: v1 is old\nWarning: use v2\n';
  assert.deepEqual(await ask(false), { code: 0, err: shown });
  assert.deepEqual(await ask(true), { code: 1, err: `${shown}error: 2 warnings received\n` });
});

test('the server is told the version of the program', async () => {
  await ask(false);
  assert.match(agents.at(-1) ?? '', /\/v?\d+\.\d+\.\d+/);
});
