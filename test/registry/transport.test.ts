import assert from 'node:assert/strict';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createTransport, type TransportOptions } from '../../src/registry/transport.ts';
import { authority, inspect, registryHost, resolver, serve } from './servers.ts';

const outgoing = (url: string) => ({ method: 'GET', url: new URL(url), headers: {}, bodyLimit: 1000 }) as const;

function open(t: TestContext, options: Partial<TransportOptions> = {}) {
  const transport = createTransport({
    env: {},
    ca: authority.certificate,
    signal: AbortSignal.timeout(20_000),
    lookup: resolver(),
    ...options,
  });
  t.after(() => transport.close());
  return { ask: (url: string) => transport.send(outgoing(url)) };
}

/** What happened to a question: its status, or the layer and code of its fault. */
const told = (reply: Awaited<ReturnType<ReturnType<typeof open>['ask']>>) =>
  'answer' in reply ? reply.answer.status : `${reply.fault.layer} ${reply.fault.code}`;

test('who waits for its turn has not begun to wait for an answer: twenty questions to one slow host', async (t) => {
  let most = 0;
  let current = 0;
  const { port } = await serve(t, () => ({
    [registryHost]: (_, response) => {
      most = Math.max(most, ++current);
      setTimeout(() => {
        current--;
        response.end();
      }, 900);
    },
  }));
  const { ask } = open(t, { limits: { connect: 3000, request: 3000 } });
  const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(`https://${registryHost}:${port}/${index}`)));
  assert.deepEqual([...new Set(replies.map(told))], [200]);
  assert.ok(most <= 6, `${most} at a time`);
});

test('a host that is silent does not keep others waiting', async (t) => {
  const { port } = await serve(t, () => ({ [registryHost]: () => {}, 'auth.example.test': (_, response) => response.end() }));
  const { ask } = open(t, { limits: { connect: 1500, request: 1500 } });
  const silent = Array.from({ length: 8 }, () => ask(`https://${registryHost}:${port}/`));
  assert.equal(told(await ask(`https://auth.example.test:${port}/`)), 200);
  assert.deepEqual([...new Set((await Promise.all(silent)).map(told))], ['http timeout']);
});

test('the end of all the time there is, is no fault of the network', async (t) => {
  const { port } = await serve(t, () => ({ [registryHost]: () => {} }));
  const { ask } = open(t, { signal: AbortSignal.timeout(400), timeUp: 'the time of the run was over (--timeout)' });
  const replies = await Promise.all(Array.from({ length: 8 }, () => ask(`https://${registryHost}:${port}/`)));
  for (const reply of replies) {
    assert.ok('fault' in reply);
    assert.equal(reply.fault.code, 'out-of-time');
    assert.equal(reply.fault.message, 'the time of the run was over (--timeout)');
  }
  const { attempts } = await inspect({ port, milliseconds: 300, limits: { connect: 5000, request: 5000 } });
  assert.equal(attempts[0]?.result, 'not-asked');
});

/** A proxy that connects to loopback, whatever name it is asked for. */
async function proxyTo(t: TestContext, port: number) {
  const asked: string[] = [];
  const proxy = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end();
  });
  proxy.on('connect', (request, client) => {
    asked.push(`CONNECT ${request.url}`);
    client.write('HTTP/1.1 200 OK\r\n\r\n');
    const upstream = net.connect(port, '127.0.0.1').on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
  t.after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { address: `127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
}

test('a proxy without a scheme is an HTTP proxy, as for the runtimes', async (t) => {
  const { port } = await serve(t, () => ({ 'behind.example.test': () => {}, [registryHost]: (_, response) => response.end() }));
  const proxy = await proxyTo(t, port);
  const { ask } = open(t, { env: { HTTPS_PROXY: proxy.address } });
  assert.equal(told(await ask(`https://${registryHost}:${port}/`)), 200);
  assert.deepEqual(proxy.asked, [`CONNECT ${registryHost}:${port}`]);
});

test('NO_PROXY as Go has it: networks, ports, leading dots, everything; loopback never goes through a proxy', async (t) => {
  const { port } = await serve(t, () => ({
    [registryHost]: (_, response) => response.end(),
    '127.0.0.1': (_, response) => response.end(),
  }));
  const through = async (noProxy: string, host = registryHost) => {
    const { ask } = open(t, { env: { HTTPS_PROXY: '127.0.0.1:1', NO_PROXY: noProxy } });
    return told(await ask(`https://${host}:${port}/`));
  };
  assert.equal(await through(''), 'proxy refused');
  assert.equal(await through('other.test,10.0.0.0/8'), 'proxy refused');
  assert.equal(await through(`${registryHost}:1`), 'proxy refused');
  for (const exempt of ['*', '.example.test', 'example.test', registryHost, `${registryHost}:${port}`])
    assert.equal(await through(exempt), 200, exempt);
  assert.equal(await through('', '127.0.0.1'), 200);
});

test('a SOCKS proxy, and one that cannot be read: said clearly, nothing is asked, and no password is shown', async (t) => {
  const { port, seen } = await serve(t, () => ({ [registryHost]: (_, response) => response.end() }));
  for (const [address, words] of [
    ['socks5://joe:hunter2@127.0.0.1:1080', /names a socks5 proxy, which is not supported/],
    ['socks://127.0.0.1:1080', /names a socks proxy, which is not supported/],
    ['http://joe:hunter2/secret@proxy:3128', /not an address that can be read/],
  ] as const) {
    const { ask } = open(t, { env: { HTTPS_PROXY: address } });
    const reply = await ask(`https://${registryHost}:${port}/`);
    assert.ok('fault' in reply);
    assert.equal(told(reply), 'proxy unusable-proxy');
    assert.match(reply.fault.message, words);
    assert.doesNotMatch(reply.fault.message, /hunter2|joe/);
  }
  assert.equal(seen.length, 0);
  const { ask } = open(t, { env: { HTTPS_PROXY: 'socks5://127.0.0.1:1', NO_PROXY: registryHost } });
  assert.equal(told(await ask(`https://${registryHost}:${port}/`)), 200);
});

test('whether a port speaks plain HTTP is asked of it directly or not at all', async (t) => {
  let asked = 0;
  const plain = http.createServer((_, response) => {
    asked++;
    response.end();
  });
  await new Promise<void>((ready) => plain.listen(0, '127.0.0.1', ready));
  t.after(() => {
    plain.closeAllConnections();
    plain.close();
  });
  const { port } = plain.address() as AddressInfo;
  const url = `https://${registryHost}:${port}/`;
  assert.equal(told(await open(t).ask(url)), 'tls plain-http');
  assert.equal(asked, 1);
  const proxy = await proxyTo(t, port);
  for (const env of [{ HTTPS_PROXY: proxy.address }, { HTTP_PROXY: proxy.address }]) {
    assert.equal(told(await open(t, { env }).ask(url)), 'tls handshake', JSON.stringify(env));
  }
  assert.equal(asked, 1);
});

test('a port at an IPv6 address is asked as well', async (t) => {
  const plain = http.createServer((_, response) => response.end());
  const listening = await new Promise<boolean>((ready) => {
    plain.once('error', () => ready(false)).listen(0, '::1', () => ready(true));
  });
  if (!listening) return t.skip('this machine has no IPv6');
  t.after(() => {
    plain.closeAllConnections();
    plain.close();
  });
  const { port } = plain.address() as AddressInfo;
  assert.equal(told(await open(t).ask(`https://[::1]:${port}/`)), 'tls plain-http');
});

test('what cannot be written into a request is a fault, and leaves nothing behind', async (t) => {
  const { port } = await serve(t, () => ({ [registryHost]: (_, response) => response.end() }));
  const ending = new AbortController();
  const transport = createTransport({ env: {}, ca: authority.certificate, signal: ending.signal, lookup: resolver() });
  t.after(() => transport.close());
  const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const reply = await transport.send({ ...outgoing(`https://${registryHost}:${port}/`), headers: { authorization: 'Basic s3cret\n' } });
  assert.equal(told(reply), 'http refused-address');
  assert.doesNotMatch(JSON.stringify(reply), /s3cret/);
  assert.equal(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length, before);
});

test('an answer that is packed although nobody asked for it is read, and bounded', async (t) => {
  const { port } = await serve(t, () => ({
    [registryHost]: (request, response) => {
      const body = request.url === '/bomb' ? 'x'.repeat(1_000_000) : 'hello';
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body));
    },
  }));
  const { ask } = open(t);
  const reply = await ask(`https://${registryHost}:${port}/`);
  assert.ok('answer' in reply);
  assert.equal(reply.answer.body.toString(), 'hello');
  const bomb = await ask(`https://${registryHost}:${port}/bomb`);
  assert.ok('answer' in bomb);
  assert.ok(bomb.answer.body.length <= 1000);
});
