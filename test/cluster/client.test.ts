import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ApiError, type Cluster, ConnectionError } from '../../src/cluster/cluster.ts';
import type { ConnectOptions } from '../../src/cluster/connect.ts';
import { describeError } from '../../src/cluster/errors.ts';
import { type Handler, type LoopbackOptions, loopback, status } from './loopback.ts';
import { kubeconfig, workspace } from './workspace.ts';

async function setUp(t: TestContext, handler: Handler, options: Partial<ConnectOptions> = {}, server: LoopbackOptions = {}) {
  const loop = await loopback(handler, server);
  t.after(() => loop[Symbol.asyncDispose]());
  const { connect, write } = workspace(t);
  const config = write('config', kubeconfig({ server: `${loop.url}/prefix` }, { token: 't' }));
  return { loop, cluster: await connect({ kubeconfig: config }, options) };
}

const fails = (line: string) => (error: unknown) => {
  assert.equal(describeError(error), line);
  return true;
};

const transports: readonly (readonly [name: string, options: LoopbackOptions, version: string])[] = [
  ['HTTP/2', {}, '2.0'],
  ['HTTP/1.1 over TLS', { http2: false }, '1.1'],
  ['HTTP/1.1 in the clear', { certificate: 'none' }, '1.1'],
];

for (const [name, options, version] of transports) {
  test(`${name}: reads, writes and deletes under the server's path`, async (t) => {
    const { loop, cluster } = await setUp(t, ({ body }) => ({ body: { got: body === '' ? null : JSON.parse(body) } }), {}, options);
    assert.deepEqual(await cluster.get('/api/v1/pods', { limit: 5, fieldSelector: 'a=b,c!=d', continue: undefined }), { got: null });
    assert.deepEqual(await cluster.create('/api/v1/namespaces/x/pods', { kind: 'Pod', n: 'ü' }, { dryRun: 'All' }), {
      got: { kind: 'Pod', n: 'ü' },
    });
    await cluster.delete('/api/v1/namespaces/x/pods/y', { gracePeriodSeconds: 0 });
    assert.deepEqual(
      loop.requests.map((request) => [request.method, request.url, request.version, request.headers['content-type']]),
      [
        ['GET', '/prefix/api/v1/pods?limit=5&fieldSelector=a%3Db%2Cc%21%3Dd', version, undefined],
        ['POST', '/prefix/api/v1/namespaces/x/pods?dryRun=All', version, 'application/json'],
        ['DELETE', '/prefix/api/v1/namespaces/x/pods/y?gracePeriodSeconds=0', version, undefined],
      ],
    );
    assert.equal(loop.connections(), 1);
  });

  test(`${name}: a connection that is lost between two reads is opened again`, async (t) => {
    const { loop, cluster } = await setUp(t, () => ({}), {}, options);
    await cluster.get('/a');
    loop.cut();
    await cluster.get('/b');
    assert.equal(loop.connections(), 2);
  });

  test(`${name}: a watch yields each event and ends with its signal, while other reads go on`, async (t) => {
    const handler: Handler = (request, response) => {
      if (!request.url.includes('watch=true')) return {};
      (response as ServerResponse).writeHead(200);
      for (const part of ['{"type":"ADDED","obj', 'ect":{"n":1}}\n{"type":"MODIFIED","object":{"n":2}}\n'])
        (response as ServerResponse).write(part);
      return undefined;
    };
    const { cluster } = await setUp(t, handler, {}, options);
    const stop = new AbortController();
    const seen: unknown[] = [];
    for await (const { type, object } of cluster.watch('/api/v1/pods', { fieldSelector: 'x' }, stop.signal)) {
      seen.push([type, object]);
      await cluster.get('/other');
      if (seen.length === 2) stop.abort();
    }
    assert.deepEqual(seen, [
      ['ADDED', { n: 1 }],
      ['MODIFIED', { n: 2 }],
    ]);
  });

  test(`${name}: a request ends at its deadline`, async (t) => {
    const { cluster } = await setUp(t, ({ url }) => (url.endsWith('/never') ? undefined : {}), { deadlineMilliseconds: 1000 }, options);
    await cluster.get('/first');
    await assert.rejects(
      cluster.get('/never'),
      fails('Unable to connect to the server: net/http: request canceled (Client.Timeout exceeded while awaiting headers)'),
    );
  });
}

test('an ERROR of a watch is an ApiError', async (t) => {
  const { cluster } = await setUp(t, () => ({
    body: '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}\n',
  }));
  await assert.rejects(
    cluster.watch('/x', {}, new AbortController().signal)[Symbol.asyncIterator]().next(),
    new ApiError(410, 'Expired', 'too old'),
  );
});

test('headers: as kubectl, with the name of this program', async (t) => {
  const { loop, cluster } = await setUp(t, () => ({}), { version: '1.2.3' });
  await cluster.get('/version');
  const { headers } = loop.requests[0] ?? assert.fail();
  assert.match(String(headers['user-agent']), /^kubectl-imagepull\/1\.2\.3 \([a-z]+\/[a-z0-9]+\)$/);
  assert.deepEqual([headers.accept, headers['accept-encoding'], headers.authorization], ['application/json', 'gzip', 'Bearer t']);
});

test('a packed answer is unpacked; packing can be turned off', async (t) => {
  const handler: Handler = ({ headers }) =>
    headers['accept-encoding'] === 'gzip'
      ? { headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"packed":true}') }
      : { body: { packed: false } };
  await using loop = await loopback(handler);
  const { connect, write } = workspace(t);
  const config = write('config', kubeconfig({ server: loop.url }));
  assert.deepEqual(await (await connect({ kubeconfig: config })).get('/x'), { packed: true });
  assert.deepEqual(await (await connect({ kubeconfig: config, disableCompression: true })).get('/x'), { packed: false });
});

test('an answer beyond the cap is refused, packed or not; text is cut at its limit', async (t) => {
  const { cluster } = await setUp(
    t,
    ({ url }) =>
      url.endsWith('gzip')
        ? { headers: { 'content-encoding': 'gzip' }, body: gzipSync('x'.repeat(3_000_000)) }
        : { body: 'x'.repeat(3_000_000) },
    { bodyLimit: 2 * 1024 * 1024 },
  );
  for (const path of ['/plain', '/gzip']) {
    await assert.rejects(cluster.get(path), fails('Unable to connect to the server: the answer is larger than 2 MiB'));
  }
  assert.equal(await cluster.getText('/log', {}, 10), 'xxxxxxxxxx');
});

test('Retry-After is obeyed on 429 and 5xx, within the deadline, and not for ever', async (t) => {
  let refusals = 2;
  const { loop, cluster } = await setUp(t, ({ url }) => {
    if (url.endsWith('/busy') && refusals-- > 0) return { ...status(429, 'TooManyRequests', 'slow down'), headers: { 'retry-after': '0' } };
    if (url.endsWith('/later')) return { ...status(503, 'ServiceUnavailable', 'later'), headers: { 'retry-after': '3600' } };
    if (url.endsWith('/always')) return { ...status(500, 'InternalError', 'no'), headers: { 'retry-after': '0' } };
    return {};
  });
  await cluster.get('/busy');
  assert.equal(loop.requests.length, 3);
  await assert.rejects(cluster.get('/later'), new ApiError(503, 'ServiceUnavailable', 'later'));
  assert.equal(loop.requests.length, 4);
  await assert.rejects(cluster.get('/always'), new ApiError(500, 'InternalError', 'no'));
  assert.equal(loop.requests.length, 9);
});

test('a redirect is not followed', async (t) => {
  await using elsewhere = await loopback();
  const { cluster } = await setUp(t, () => ({ status: 302, headers: { location: `${elsewhere.url}/login` } }));
  await assert.rejects(
    cluster.get('/x'),
    fails('Error from server: the server responded with a redirect (status code 302), which is not followed'),
  );
  assert.equal(elsewhere.requests.length, 0);
});

test('an answer that is not JSON is one line', async (t) => {
  const { cluster } = await setUp(t, () => ({ body: '<html>Sign in</html>' }));
  await assert.rejects(
    cluster.get('/version', { a: 1 }),
    fails('error: the answer of the server to /version is not JSON: is it a Kubernetes API server?'),
  );
});

test('warnings of the server are shown once each', async (t) => {
  let shown = '';
  const { cluster } = await setUp(t, () => ({ headers: { warning: '299 - "v1 X is \\"old\\""' } }), { stderr: (text) => (shown += text) });
  await cluster.get('/a');
  await cluster.get('/b');
  assert.equal(shown, 'Warning: v1 X is "old"\n');
});

test('the signal ends reads at once; a deletion still gets through', async (t) => {
  const stop = new AbortController();
  const { loop, cluster } = await setUp(t, ({ method }) => (method === 'GET' ? undefined : {}), { signal: stop.signal });
  const reading = cluster.get('/never');
  const failed = assert.rejects(reading, fails('Unable to connect to the server: context canceled'));
  setTimeout(() => stop.abort(), 100);
  await failed;
  await cluster.delete('/api/v1/namespaces/x/pods/probe');
  assert.equal(loop.requests.at(-1)?.method, 'DELETE');
});

test('a write whose connection breaks is not repeated', async (t) => {
  const { loop, cluster } = await setUp(t, ({ method }, response) => {
    if (method === 'GET') return {};
    (response as { stream?: { session?: { destroy(): void } } }).stream?.session?.destroy();
    return undefined;
  });
  await cluster.get('/warm');
  await assert.rejects(cluster.create('/pods', {}), ConnectionError);
  assert.equal(loop.requests.filter(({ method }) => method === 'POST').length, 1);
});

test('a server that never answers the handshake ends at the deadline', async (t) => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  t.after(() => silent.close());
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as { port: number };
  const { connect } = workspace(t);
  const cluster: Cluster = await connect({ server: `https://127.0.0.1:${port}`, insecureSkipTlsVerify: true, requestTimeout: '200ms' });
  await assert.rejects(
    cluster.get('/x'),
    fails(
      'Unable to connect to the server: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    ),
  );
});

test('--request-timeout is told to the server', async (t) => {
  await using loop = await loopback();
  const { connect, write } = workspace(t);
  const cluster = await connect({ kubeconfig: write('config', kubeconfig({ server: loop.url })), requestTimeout: '1m30s' });
  await cluster.get('/api/v1/pods');
  assert.equal(loop.requests[0]?.url, '/api/v1/pods?timeout=90s');
});

for (const [name, options] of transports) {
  test(`${name}: there is time for other work once the first request is on its way, and only then`, async (t) => {
    const order: string[] = [];
    const arrived = Promise.withResolvers<void>();
    const handler = async () => {
      order.push('asked');
      await arrived.promise;
      return {};
    };
    const onFirstRequest = () => {
      order.push('time');
      arrived.resolve();
    };
    const { cluster } = await setUp(t, handler, { onFirstRequest }, options);
    assert.deepEqual(order, []);
    await Promise.all([cluster.get('/a'), cluster.get('/b')]);
    assert.deepEqual(
      order.filter((step) => step === 'time'),
      ['time'],
    );
  });
}
