import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { makeAuthority } from '../../scripts/demo/certificate.ts';
import type { AttemptResult } from '../../src/values/evidence.ts';
import { errors, type Handler, type Hosts, type Inspection, inspect, json, login, registryHost, type Servers, serve } from './servers.ts';

const password = 's3cret-pull-password';
const credential = login('puller', password);
const basic = Buffer.from(`puller:${password}`).toString('base64');

interface Attack {
  readonly name: string;
  /** What the registry does, and other hosts. */
  readonly hosts: Hosts;
  readonly inspection?: Partial<Inspection>;
  /** What must be said of the credential. */
  readonly result: AttemptResult;
  /** Hosts that may see the credential. */
  readonly trusted?: readonly string[];
  readonly check?: (servers: Servers) => void;
}

const challenge =
  (realm: string, more = ''): Handler =>
  (_, response) =>
    json(response, 401, errors('UNAUTHORIZED'), { 'www-authenticate': `Bearer realm="${realm}",service="s"${more}` });
const basicChallenge: Handler = (_, response) => json(response, 401, errors('UNAUTHORIZED'), { 'www-authenticate': 'Basic realm="r"' });
const redirect =
  (location: (url: string) => string): Handler =>
  (request, response) =>
    response.writeHead(307, { location: location(request.url ?? '') }).end();
/** Asks for Basic, and does the other thing once it has it. */
const whenLoggedIn =
  (then: Handler): Handler =>
  (request, response) =>
    request.headers.authorization ? then(request, response) : basicChallenge(request, response);
const anything: Handler = (_, response) => json(response, 200, { token: 'stolen-token', tags: ['v1'] });
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const digest = `sha256:${'a'.repeat(64)}`;
const manifest = {
  schemaVersion: 2,
  mediaType: manifestType,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 10 },
  layers: [{ digest: `sha256:${'b'.repeat(64)}`, size: 99, mediaType: '' }],
};
const indexType = 'application/vnd.oci.image.index.v1+json';
/** For attacks that nothing is waited for: a machine may be busy. */
const patient = { limits: { connect: 10_000, request: 10_000 }, milliseconds: 30_000 };
/** All for another platform, but for the last. */
const crowd = {
  schemaVersion: 2,
  mediaType: indexType,
  manifests: Array.from({ length: 10_000 }, (_, index) => ({
    mediaType: manifestType,
    digest,
    size: 10,
    platform: { os: 'linux', architecture: index === 9_999 ? 'amd64' : 's390x' },
  })),
};
const manyTags = (length: number) => JSON.stringify({ tags: Array.from({ length }, (_, index) => `v${index}`) });
const million = manyTags(1_000_000);
const fewer = manyTags(400_000);
const endless: Handler = (request, response) => {
  response.writeHead(500, { 'content-type': 'application/json' });
  if (request.method === 'HEAD') return void response.end();
  const chunk = Buffer.alloc(65_536, 0x20);
  const write = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', write);
  };
  write();
};
const drip: Handler = (_, response) => {
  response.writeHead(500, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
};
const tagsOf =
  (answer: Handler): Handler =>
  (request, response) =>
    request.url?.includes('/tags/') ? answer(request, response) : json(response, 404, errors('MANIFEST_UNKNOWN'));

const attacks: readonly Attack[] = [
  {
    name: 'a realm without TLS',
    hosts: (port) => ({ [registryHost]: challenge(`http://auth.example.test:${port}/token`) }),
    result: 'refused-to-send',
  },
  {
    name: 'a realm on another site',
    hosts: (port) => ({ [registryHost]: challenge(`https://evil.other.test:${port}/token`), 'evil.other.test': anything }),
    result: 'refused-to-send',
  },
  {
    name: 'a realm whose name begins as the registry’s',
    hosts: (port) => ({
      [registryHost]: challenge(`https://registry.example.test.other.test:${port}/token`),
      'registry.example.test.other.test': anything,
    }),
    result: 'refused-to-send',
  },
  {
    name: 'a realm whose name ends as the registry’s',
    hosts: (port) => ({ [registryHost]: challenge(`https://evilexample.test:${port}/token`), 'evilexample.test': anything }),
    result: 'refused-to-send',
  },
  {
    name: 'a realm in figures',
    hosts: (port) => ({ [registryHost]: challenge(`https://127.0.0.1:${port}/token`), '127.0.0.1': anything }),
    result: 'refused-to-send',
  },
  {
    name: 'a realm at the metadata address',
    hosts: () => ({ [registryHost]: challenge('https://169.254.169.254/token') }),
    result: 'refused-to-send',
  },
  {
    name: 'a realm at the metadata address, in one figure',
    hosts: () => ({ [registryHost]: challenge('https://2852039166/token') }),
    result: 'refused-to-send',
  },
  {
    name: 'a realm at the metadata address, as IPv6',
    hosts: () => ({ [registryHost]: challenge('https://[::ffff:169.254.169.254]/token') }),
    result: 'refused-to-send',
  },
  {
    name: 'a name of its site that resolves to the metadata address',
    hosts: () => ({ [registryHost]: challenge('https://auth.example.test/token') }),
    inspection: { addresses: { 'auth.example.test': '169.254.169.254' } },
    result: 'refused-to-send',
  },
  {
    name: 'a name of its site that resolves to a private address',
    hosts: () => ({ [registryHost]: challenge('https://auth.example.test/token') }),
    inspection: { addresses: { 'auth.example.test': '10.1.2.3' } },
    result: 'refused-to-send',
  },
  {
    name: 'a realm with a login in it',
    hosts: (port) => ({
      [registryHost]: challenge(`https://registry.example.test@evil.other.test:${port}/token`),
      'evil.other.test': anything,
    }),
    result: 'refused-to-send',
  },
  { name: 'a realm of another scheme', hosts: () => ({ [registryHost]: challenge('file:///etc/passwd') }), result: 'refused-to-send' },
  {
    name: 'no realm',
    hosts: () => ({ [registryHost]: (_, response) => json(response, 401, {}, { 'www-authenticate': 'Bearer service="s"' }) }),
    result: 'refused-to-send',
  },
  {
    name: 'a scope of another repository',
    hosts: (port) => ({
      [registryHost]: challenge(
        `https://auth.example.test:${port}/token?scope=repository:victim/secret:pull,push`,
        ',scope="repository:victim/secret:pull,push"',
      ),
      'auth.example.test': anything,
    }),
    trusted: ['auth.example.test'],
    result: 'unauthorized',
    check: ({ seen }) => assert.ok(seen.every(({ url }) => !url.includes('victim'))),
  },
  {
    name: 'a token server that redirects to another host',
    hosts: (port) => ({
      [registryHost]: challenge(`https://auth.example.test:${port}/token`),
      'auth.example.test': redirect(() => `https://evil.other.test:${port}/token`),
      'evil.other.test': (_, response) => json(response, 401, {}),
    }),
    trusted: ['auth.example.test'],
    result: 'token-refused',
  },
  {
    name: 'a token that would break out of its header',
    hosts: (port) => ({
      [registryHost]: challenge(`https://auth.example.test:${port}/token`),
      'auth.example.test': (_, response) => json(response, 200, { token: 'a\r\nx-evil: 1' }),
    }),
    trusted: ['auth.example.test'],
    result: 'bad-response',
  },
  {
    name: 'a token without end',
    hosts: (port) => ({ [registryHost]: challenge(`https://auth.example.test:${port}/token`), 'auth.example.test': endless }),
    trusted: ['auth.example.test'],
    result: 'unavailable',
  },
  {
    name: 'a redirect to another host before the login',
    hosts: (port) => ({ [registryHost]: redirect((url) => `https://evil.other.test:${port}${url}`), 'evil.other.test': basicChallenge }),
    result: 'unauthorized',
    trusted: [registryHost],
  },
  {
    name: 'a redirect to another host after the login',
    hosts: (port) => ({
      [registryHost]: whenLoggedIn(redirect((url) => `https://evil.other.test:${port}${url}`)),
      'evil.other.test': basicChallenge,
    }),
    result: 'unauthorized',
    trusted: [registryHost],
  },
  {
    name: 'a redirect to an address without TLS',
    hosts: (port) => ({ [registryHost]: whenLoggedIn(redirect((url) => `http://registry.example.test:${port}${url}`)) }),
    result: 'refused-to-send',
    trusted: [registryHost],
  },
  {
    name: 'a redirect to the metadata address',
    hosts: () => ({ [registryHost]: whenLoggedIn(redirect(() => 'https://169.254.169.254/latest/meta-data/')) }),
    result: 'refused-to-send',
    trusted: [registryHost],
  },
  {
    name: 'a redirect to itself',
    hosts: () => ({ [registryHost]: whenLoggedIn(redirect((url) => url)) }),
    result: 'bad-response',
    trusted: [registryHost],
  },
  {
    name: 'redirects without end',
    hosts: () => ({ [registryHost]: whenLoggedIn(redirect((url) => `${url}x`)) }),
    result: 'bad-response',
    trusted: [registryHost],
    check: ({ seen }) => assert.ok(seen.length < 20),
  },
  {
    name: 'the login echoed in body, header and challenge',
    hosts: () => ({
      [registryHost]: whenLoggedIn((request, response) =>
        json(response, 401, errors(`CODE ${request.headers.authorization}`, `you sent ${password}, that is puller:${password}`), {
          'content-type': `application/json; was=${password}`,
          'www-authenticate': `Basic realm="${basic}", error="${password}"`,
        }),
      ),
    }),
    result: 'unauthorized',
    trusted: [registryHost],
  },
  {
    name: 'the login echoed in a page',
    hosts: () => ({
      [registryHost]: whenLoggedIn((request, response) =>
        response
          .writeHead(503, { 'content-type': 'text/html' })
          .end(`<html>${request.headers.authorization} ${encodeURIComponent(password)}`),
      ),
    }),
    result: 'unavailable',
    trusted: [registryHost],
  },
  { name: 'a body without end', hosts: () => ({ [registryHost]: whenLoggedIn(endless) }), result: 'unavailable', trusted: [registryHost] },
  {
    name: 'a body in drips',
    hosts: () => ({
      [registryHost]: whenLoggedIn((request, response) =>
        request.method === 'HEAD' ? response.writeHead(500).end() : drip(request, response),
      ),
    }),
    result: 'unavailable',
    trusted: [registryHost],
  },
  {
    name: 'headers without measure',
    hosts: () => ({ [registryHost]: whenLoggedIn((_, response) => response.writeHead(200, { 'x-fill': 'x'.repeat(60_000) }).end()) }),
    result: 'unreachable',
    trusted: [registryHost],
  },
  { name: 'silence', hosts: () => ({ [registryHost]: whenLoggedIn(() => {}) }), result: 'unreachable', trusted: [registryHost] },
  {
    name: 'a broken connection',
    hosts: () => ({ [registryHost]: whenLoggedIn((request) => request.socket.destroy()) }),
    result: 'unreachable',
    trusted: [registryHost],
  },
  {
    name: 'a challenge of a thousand schemes',
    hosts: () => ({ [registryHost]: (_, response) => json(response, 401, {}, { 'www-authenticate': 'X y="z", '.repeat(1000) }) }),
    result: 'bad-response',
  },
  {
    name: 'a limit, which is not tried again',
    hosts: () => ({ [registryHost]: (_, response) => json(response, 429, errors('TOOMANYREQUESTS')) }),
    result: 'rate-limited',
    check: ({ seen }) => assert.equal(seen.length, 1),
  },
  {
    name: 'a next page on another host',
    hosts: (port) => ({
      [registryHost]: whenLoggedIn(
        tagsOf((_, response) => json(response, 200, { tags: ['v1'] }, { link: `<https://evil.other.test:${port}/v2/x>; rel="next"` })),
      ),
      'evil.other.test': anything,
    }),
    result: 'manifest-unknown',
    trusted: [registryHost],
    check: ({ seen }) => assert.ok(seen.every(({ host }) => host === registryHost)),
  },
  {
    name: 'pages without end',
    hosts: () => {
      let page = 0;
      return {
        [registryHost]: whenLoggedIn(
          tagsOf((_, response) =>
            json(response, 200, { tags: [`v${++page}`] }, { link: `</v2/team/app/tags/list?page=${page}>; rel="next"` }),
          ),
        ),
      };
    },
    result: 'manifest-unknown',
    trusted: [registryHost],
    check: ({ seen }) => assert.ok(seen.length < 12),
  },
  {
    name: 'tags that are none',
    hosts: () => ({
      [registryHost]: whenLoggedIn(
        tagsOf((_, response) => json(response, 200, { tags: ['\u001b[31mred', '$(reboot)', 5, null, 'x'.repeat(500)] })),
      ),
    }),
    result: 'manifest-unknown',
    trusted: [registryHost],
  },
  {
    name: 'JSON nested without measure',
    hosts: () => ({
      [registryHost]: whenLoggedIn((_, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(`{"schemaVersion":${'['.repeat(500_000)}${']'.repeat(500_000)}}`),
      ),
    }),
    result: 'bad-response',
    trusted: [registryHost],
  },
  {
    name: 'a redirect away and back again, which is no longer the way that was asked',
    inspection: patient,
    hosts: (port) => ({
      [registryHost]: whenLoggedIn((request, response) =>
        (request.url?.includes('/manifests/') ? redirect((url) => `https://evil.other.test:${port}${url}`) : anything)(request, response),
      ),
      'evil.other.test': redirect(() => `https://${registryHost}:${port}/v2/victim/private/tags/list`),
    }),
    result: 'unauthorized',
    trusted: [registryHost],
    check: ({ seen }) => assert.ok(seen.every(({ url, authorization }) => !url.includes('victim') || authorization === undefined)),
  },
  {
    name: 'tags that are no text',
    inspection: patient,
    hosts: () => ({
      [registryHost]: whenLoggedIn(
        tagsOf(
          (_, response) =>
            void response
              .writeHead(200, { 'content-type': 'application/json' })
              .end(Buffer.from('{"tags":["v2.1.\xff","v2.1.\x00","\u202Ev2.1.2"]}', 'latin1')),
        ),
      ),
    }),
    result: 'manifest-unknown',
    trusted: [registryHost],
  },
  {
    name: 'a million tags',
    hosts: () => ({ [registryHost]: whenLoggedIn(tagsOf((_, response) => void response.end(million))) }),
    inspection: patient,
    result: 'manifest-unknown',
    trusted: [registryHost],
  },
  {
    name: 'more tags on one page than are kept',
    hosts: () => ({ [registryHost]: whenLoggedIn(tagsOf((_, response) => void response.end(fewer))) }),
    inspection: patient,
    result: 'manifest-unknown',
    trusted: [registryHost],
  },
  {
    name: 'a next page that is this one',
    inspection: patient,
    hosts: () => ({
      [registryHost]: whenLoggedIn(
        tagsOf((request, response) => json(response, 200, { tags: ['v1'] }, { link: `<${request.url}>; rel="next"` })),
      ),
    }),
    result: 'manifest-unknown',
    trusted: [registryHost],
    check: ({ seen }) => assert.equal(seen.filter(({ url }) => url.includes('/tags/')).length, 1),
  },
  {
    name: 'an index of ten thousand images',
    inspection: patient,
    hosts: () => ({
      [registryHost]: whenLoggedIn((_, response) => json(response, 200, crowd, { 'content-type': indexType })),
    }),
    result: 'found',
    trusted: [registryHost],
    check: ({ seen }) => assert.ok(seen.length < 10),
  },
  {
    name: 'a blob on another host',
    hosts: (port) => ({
      [registryHost]: whenLoggedIn((request, response) =>
        request.url?.includes('/blobs/')
          ? redirect(() => `https://storage.other.test:${port}/x?signature=abc`)(request, response)
          : json(response, 200, manifest, { 'content-type': manifestType }),
      ),
      'storage.other.test': anything,
    }),
    result: 'found',
    trusted: [registryHost],
    check: ({ seen }) => assert.ok(seen.some(({ host }) => host === 'storage.other.test')),
  },
  {
    name: 'a blob that redirects inwards',
    hosts: () => ({
      [registryHost]: whenLoggedIn((request, response) =>
        request.url?.includes('/blobs/')
          ? redirect(() => 'https://169.254.169.254/x')(request, response)
          : json(response, 200, manifest, { 'content-type': manifestType }),
      ),
    }),
    result: 'found',
    trusted: [registryHost],
  },
];

test(`${attacks.length} attacks by a registry get no credential out, and each ends in time`, async (t) => {
  for (const { name, hosts, inspection, result, trusted = [], check } of attacks) {
    await t.test(name, async (t: TestContext) => {
      const servers = await serve(t, hosts);
      const { port } = servers;
      const started = performance.now();
      const facts = await inspect({
        port,
        credentials: [credential],
        limits: { connect: 1500, request: 1000 },
        milliseconds: 5000,
        ...inspection,
      });
      assert.ok(performance.now() - started < (inspection === patient ? 20_000 : 4500), 'ends in time');
      assert.equal(facts.attempts[0]?.result, result);
      for (const { host, authorization } of servers.seen)
        assert.ok(authorization === undefined || trusted.includes(host) || authorization.startsWith('Bearer '), `${host} saw the login`);
      for (const { host, authorization } of servers.seen)
        assert.ok(!authorization?.startsWith('Bearer ') || host === registryHost, `${host} saw the token`);
      const evidence = JSON.stringify(facts);
      for (const secret of [password, basic, encodeURIComponent(password), 'stolen-token', 'signature=abc'])
        assert.ok(!evidence.includes(secret), `${secret} in the evidence`);
      assert.ok(evidence.length < 100_000, 'the evidence is bounded');
      check?.(servers);
    });
  }
});

test('nothing is sent to a server that does not prove its name', async (t) => {
  const stranger = makeAuthority('Nobody').issue([registryHost]);
  const untrusted = await serve(t, () => ({ [registryHost]: basicChallenge }), { cert: stranger.certificate, key: stranger.key });
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  t.after(() => {
    if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
  });
  const facts = await inspect({ port: untrusted.port, credentials: [credential] });
  assert.equal(facts.attempts[0]?.result, 'unreachable');
  assert.equal(facts.attempts.at(-1)?.exchanges[0]?.fault?.code, 'unknown-authority');
  assert.equal(untrusted.seen.length, 0);
});

test('a certificate for another name is told as such', async (t) => {
  const { port, seen } = await serve(t, () => ({}));
  const facts = await inspect({ port, host: 'unnamed.example.test', credentials: [credential] });
  assert.deepEqual(facts.attempts.at(-1)?.exchanges[0]?.fault?.code, 'name-mismatch');
  assert.equal(seen.length, 0);
});

test('a server without TLS is told as such, and sees no login', async (t) => {
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    seen.push(JSON.stringify(request.headers));
    response.end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => server.close());
  const facts = await inspect({ port: (server.address() as AddressInfo).port, credentials: [credential] });
  assert.deepEqual(facts.attempts.at(-1)?.exchanges[0]?.fault?.code, 'plain-http');
  assert.ok(seen.every((headers) => !headers.includes('authorization')));
});
