import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createTransport } from '../../src/registry/transport.ts';
import { type SentRequest, sentRequests } from '../../src/values/sent-request.ts';
import { authority, registryHost, resolver, serve } from './servers.ts';

function listen(t: TestContext): readonly SentRequest[] {
  const heard: SentRequest[] = [];
  const listener = (message: unknown) => void heard.push(message as SentRequest);
  subscribe(sentRequests, listener);
  t.after(() => unsubscribe(sentRequests, listener));
  return heard;
}

test('who listens hears of each request, without what was sent in confidence and without queries', async (t) => {
  const { port } = await serve(t, () => ({ [registryHost]: (_, response) => void response.writeHead(404).end() }));
  const transport = createTransport({ env: {}, ca: authority.certificate, signal: AbortSignal.timeout(20_000), lookup: resolver() });
  t.after(() => transport.close());
  const heard = listen(t);
  const login = Buffer.from('robot:pa55word').toString('base64');
  const ask = (path: string, authorization: string) =>
    transport.send({ method: 'GET', url: new URL(`https://${registryHost}:${port}${path}`), headers: { authorization }, bodyLimit: 100 });
  await ask('/v2/', `Basic ${login}`);
  await ask('/echo/pa55word/x?account=robot&sig=5ecret', 'Bearer t0kent0ken');
  await ask(`/echo/t0kent0ken/${login}`, '');
  assert.deepEqual(
    heard.map(({ method, url, status }) => [method, url.replace(`https://${registryHost}:${port}`, ''), status]),
    [
      ['GET', '/v2/', 404],
      ['GET', '/echo/[redacted]/x?…', 404],
      ['GET', '/echo/[redacted]/[redacted]', 404],
    ],
  );
  await transport.send({ method: 'HEAD', url: new URL('https://127.0.0.1:1/v2/'), headers: {}, bodyLimit: 0 });
  assert.deepEqual([heard.at(-1)?.method, heard.at(-1)?.status], ['HEAD', null]);
});

test('the question in plain HTTP is one of them', async (t) => {
  const server = createServer((_, response) => void response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.closeAllConnections() ?? server.close());
  const host = `${registryHost}:${(server.address() as AddressInfo).port}`;
  const transport = createTransport({ env: {}, signal: AbortSignal.timeout(20_000), lookup: resolver() });
  t.after(() => transport.close());
  const heard = listen(t);
  await transport.send({ method: 'GET', url: new URL(`https://${host}/v2/a/tags/list`), headers: {}, bodyLimit: 100 });
  assert.deepEqual(
    heard.map(({ method, url, status }) => [method, url, status]),
    [
      ['GET', `https://${host}/v2/a/tags/list`, null],
      ['HEAD', `http://${host}/v2/`, 200],
    ],
  );
});
