import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { describeError } from '../../../src/cluster/errors.ts';
import { fixture, type Loopback, loopback } from '../loopback.ts';
import { kubeconfig, workspace } from '../workspace.ts';

/** A proxy that sends every tunnel to `target`, and notes what it was asked for. */
async function proxy(t: TestContext, serve: (socket: Socket, note: (text: string) => void) => void, tls = false) {
  const asked: string[] = [];
  const onSocket = (socket: Socket) => {
    socket.on('error', () => {});
    serve(socket, (text) => asked.push(text));
  };
  const server: Server = tls
    ? createTlsServer({ cert: fixture('server.pem'), key: fixture('server.key') }, onSocket)
    : createServer(onSocket);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { asked, host: `127.0.0.1:${(server.address() as { port: number }).port}` };
}

function join(socket: Socket, target: Loopback) {
  import('node:net').then(({ connect }) => {
    const upstream = connect(target.port, '127.0.0.1');
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
  });
}

const http =
  (target: Loopback, answer = 'HTTP/1.1 200 OK') =>
  (socket: Socket, note: (text: string) => void) => {
    socket.once('data', (head: Buffer) => {
      note(head.toString());
      socket.write(`${answer}\r\nVia: test\r\n\r\n`);
      if (answer.includes('200')) join(socket, target);
    });
  };

const socks =
  (target: Loopback, reply = 0) =>
  (socket: Socket, note: (text: string) => void) => {
    socket.once('data', (greeting: Buffer) => {
      const wantsPassword = greeting.includes(2, 2);
      socket.write(Buffer.from([5, wantsPassword ? 2 : 0]));
      const request = () =>
        socket.once('data', (asked: Buffer) => {
          note(`${asked.subarray(5, 5 + (asked[4] ?? 0))}:${asked.readUInt16BE(asked.length - 2)}`);
          socket.write(Buffer.from([5, reply, 0, 1, 127, 0, 0, 1, 0, 0]));
          if (reply === 0) join(socket, target);
        });
      if (!wantsPassword) return request();
      socket.once('data', (login: Buffer) => {
        note(login.toString('latin1', 2).replace(/[\u0000-\u001f]/, ' '));
        socket.write(Buffer.from([1, 0]));
        request();
      });
    });
  };

for (const [scheme, tls] of [
  ['http', false],
  ['https', true],
] as const) {
  test(`proxy-url ${scheme}: a tunnel is asked for, with the proxy's own credentials only`, async (t) => {
    await using server = await loopback();
    const { host, asked } = await proxy(t, http(server), tls);
    const { connect, write } = workspace(t);
    const cluster = { server: 'https://api.example.test:6443', 'proxy-url': `${scheme}://me:p%40ss@${host}` };
    await (await connect({ kubeconfig: write('config', kubeconfig(cluster, { token: 'secret' })) })).get('/version');
    const expected = [
      'CONNECT api.example.test:6443 HTTP/1.1',
      'Host: api.example.test:6443',
      `Proxy-Authorization: Basic ${btoa('me:p@ss')}`,
      '',
      '',
    ];
    assert.deepEqual(asked, [expected.join('\r\n')]);
    assert.equal(server.requests[0]?.headers.authorization, 'Bearer secret');
    assert.equal(server.requests[0]?.version, '2.0');
  });
}

test('HTTPS_PROXY is used, and NO_PROXY obeyed', async (t) => {
  await using server = await loopback();
  const { host, asked } = await proxy(t, http(server));
  const { connect, write } = workspace(t);
  const config = write('config', kubeconfig({ server: 'https://api.example.test' }));
  await (await connect({ kubeconfig: config }, { env: { HTTPS_PROXY: `http://${host}` } })).get('/version');
  assert.equal(asked.length, 1);
  const direct = await connect({ kubeconfig: config }, { env: { HTTPS_PROXY: `http://${host}`, NO_PROXY: '.test' } });
  await assert.rejects(direct.get('/version'), /lookup api\.example\.test|dial tcp/);
  assert.equal(asked.length, 1);
});

test('a proxy that refuses is quoted, one that is not there is refused', async (t) => {
  await using server = await loopback();
  const { host } = await proxy(t, http(server, 'HTTP/1.1 407 Proxy Authentication Required'));
  const { connect, write } = workspace(t);
  for (const [address, line] of [
    [host, 'Unable to connect to the server: Proxy Authentication Required'],
    ['127.0.0.1:1', 'The connection to the server api.example.test was refused - did you specify the right host or port?'],
  ]) {
    const cluster = await connect({
      kubeconfig: write('config', kubeconfig({ server: 'https://api.example.test', 'proxy-url': `http://${address}` })),
    });
    await assert.rejects(cluster.get('/version'), (error) => {
      assert.equal(describeError(error), line);
      return true;
    });
  }
});

test('an http:// server behind a proxy is asked for by its whole address', async (t) => {
  await using plain = await loopback(undefined, { certificate: 'none' });
  const { connect, write } = workspace(t);
  const config = write(
    'config',
    kubeconfig({ server: 'http://api.example.test:8080/base', 'proxy-url': `http://me:pw@127.0.0.1:${plain.port}` }),
  );
  await (await connect({ kubeconfig: config })).get('/version');
  assert.equal(plain.requests[0]?.url, 'http://api.example.test:8080/base/version');
  assert.equal(plain.requests[0]?.headers.host, 'api.example.test:8080');
  assert.equal(plain.requests[0]?.headers['proxy-authorization'], `Basic ${btoa('me:pw')}`);
});

test('proxy-url socks5: the proxy resolves the name; user and password where given; its refusal is told', async (t) => {
  await using server = await loopback();
  const { connect, write } = workspace(t);
  const open = (host: string) =>
    connect({ kubeconfig: write('config', kubeconfig({ server: 'https://api.example.test:6443', 'proxy-url': `socks5://${host}` })) });
  const good = await proxy(t, socks(server));
  await (await open(good.host)).get('/version');
  await (await open(`me:pw@${good.host}`)).get('/version');
  assert.deepEqual(good.asked, ['api.example.test:6443', 'me pw', 'api.example.test:6443']);

  const bad = await proxy(t, socks(server, 5));
  await assert.rejects((await open(bad.host)).get('/version'), (error) => {
    assert.match(describeError(error), /^The connection to the server api\.example\.test:6443 was refused/);
    return true;
  });
});

test('an http:// server behind a SOCKS proxy', async (t) => {
  await using plain = await loopback(undefined, { certificate: 'none' });
  const { host } = await proxy(t, socks(plain));
  const { connect, write } = workspace(t);
  const cluster = await connect({
    kubeconfig: write('config', kubeconfig({ server: 'http://api.example.test', 'proxy-url': `socks5://${host}` })),
  });
  await cluster.get('/version');
  assert.equal(plain.requests[0]?.url, '/version');
});
