import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { AttemptResult } from '../../src/values/evidence.ts';
import { errors, type Handler, type Hosts, inspect, json, login, registryHost, serve } from './servers.ts';

const sha = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const config = JSON.stringify({ os: 'linux', architecture: 'arm64' });
const layer = 'layer';
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: manifestType,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha(config), size: config.length },
  layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: sha(layer), size: layer.length }],
});
const entry = (os: string, architecture: string) => ({
  mediaType: manifestType,
  digest: sha(manifest),
  size: manifest.length,
  platform: { os, architecture },
});
const index = JSON.stringify({
  schemaVersion: 2,
  mediaType: indexType,
  manifests: [entry('linux', 'amd64'), entry('linux', 'arm64'), entry('unknown', 'unknown')],
});

/** A registry as the specification has it: team/app with a few tags. */
function content(blobs: Readonly<Record<string, string>> = { [sha(config)]: config, [sha(layer)]: layer }): Handler {
  return (request, response) => {
    const [, repository, kind, name = ''] = /^\/v2\/(.+?)\/(manifests|blobs|tags)\/([^?]+)/.exec(request.url ?? '') ?? [];
    const send = (type: string, body: string) => {
      response.writeHead(200, { 'content-type': type, 'docker-content-digest': sha(body), 'content-length': body.length });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (kind === 'tags')
      return repository === 'team/app'
        ? json(response, 200, { tags: ['v1.0.0', 'v2.1.1', 'v2.1.2', 'latest'] })
        : json(response, 404, errors('NAME_UNKNOWN'));
    if (kind === 'blobs')
      return blobs[name] === undefined ? json(response, 404, errors('BLOB_UNKNOWN')) : send('application/octet-stream', blobs[name]);
    if (repository !== 'team/app') return json(response, 404, errors('MANIFEST_UNKNOWN'));
    if (name === 'v2.1.2' || name === sha(manifest)) return send(manifestType, manifest);
    if (name === 'latest') return send(indexType, index);
    return json(response, 404, errors('MANIFEST_UNKNOWN'));
  };
}

const logins: Readonly<Record<string, string>> = { good: 'good-password', stranger: 'other-password' };
const userOf = (header: string | undefined) => {
  const [user = '', password = ''] = Buffer.from((header ?? '').replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':');
  return user === '' ? 'nobody' : logins[user] === password ? user : 'wrong';
};

const withBasic: Hosts = () => ({
  [registryHost]: (request, response) => {
    const user = userOf(request.headers.authorization);
    if (user === 'good') return content()(request, response);
    if (user === 'stranger') return json(response, 403, errors('DENIED'));
    json(response, 401, errors('UNAUTHORIZED'), { 'www-authenticate': 'Basic realm="test"' });
  },
});

/** A token that says what it opens, as Distribution's do, without a signature. */
const tokenThatGrants = (access: readonly unknown[]) =>
  ['{"alg":"none"}', JSON.stringify({ access }), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');

/**
 * @param open nobody may pull as well
 * @param nobodys the token that is given to who has no login
 */
const withTokens =
  (open: boolean, nobodys = 'token-of-nobody'): Hosts =>
  (port) => ({
    [registryHost]: (request, response) => {
      const user = (request.headers.authorization ?? '').replace(/^Bearer token-of-/, '');
      if (user === 'good' || (open && user === 'nobody')) return content()(request, response);
      const error = user === '' ? '' : ',error="insufficient_scope"';
      json(response, 401, errors('UNAUTHORIZED'), {
        'www-authenticate': `Bearer realm="https://auth.example.test:${port}/token",service="test"${error}`,
      });
    },
    'auth.example.test': (request, response) => {
      const user = userOf(request.headers.authorization);
      return user === 'wrong'
        ? json(response, 401, { details: 'incorrect username or password' })
        : json(response, 200, { token: user === 'nobody' ? nobodys : `token-of-${user}` });
    },
  });

type Row = readonly [
  who: 'none' | 'wrong' | 'stranger' | 'good',
  there: AttemptResult,
  tagMissing: AttemptResult,
  repositoryMissing: AttemptResult,
];
const found = ['found', 'manifest-unknown', 'repository-unknown'] as const;
const all = (result: AttemptResult) => [result, result, result] as const;

const matrix: Readonly<Record<string, { readonly hosts: Hosts; readonly rows: readonly Row[] }>> = {
  open: {
    hosts: () => ({ [registryHost]: content() }),
    rows: [
      ['none', ...found],
      ['wrong', ...found],
      ['good', ...found],
    ],
  },
  basic: {
    hosts: withBasic,
    rows: [
      ['none', ...all('unauthorized')],
      ['wrong', ...all('unauthorized')],
      ['stranger', ...all('forbidden')],
      ['good', ...found],
    ],
  },
  token: {
    hosts: withTokens(false),
    rows: [
      ['none', ...all('unauthorized')],
      ['wrong', ...all('token-refused')],
      ['stranger', ...all('unauthorized')],
      ['good', ...found],
    ],
  },
  'token, anonymous allowed': {
    hosts: withTokens(true),
    rows: [
      ['none', ...found],
      ['wrong', ...all('token-refused')],
      ['stranger', ...all('unauthorized')],
      ['good', ...found],
    ],
  },
};

for (const [name, { hosts, rows }] of Object.entries(matrix)) {
  test(`what a registry says to each credential: ${name}`, async (t) => {
    const { port } = await serve(t, hosts);
    for (const [who, ...results] of rows) {
      const credentials = who === 'none' ? [] : [login(who, logins[who] ?? 'nonsense')];
      const subjects = [{ tag: 'v2.1.2' }, { tag: 'v2.1.3' }, { tag: 'v2.1.3', repository: 'team/ap' }];
      for (const [index, subject] of subjects.entries()) {
        const facts = await inspect({ port, credentials, ...subject });
        assert.equal(facts.attempts[0]?.result, results[index], `${who}, ${JSON.stringify(subject)}`);
        assert.equal(facts.attempts.at(-1)?.credential, null);
        assert.equal(facts.attempts.length, credentials.length + 1);
      }
    }
  });
}

test('the login check tells a good login without permission from a bad one', async (t) => {
  const { port } = await serve(t, withTokens(false));
  const authenticated = async (user: string) =>
    (await inspect({ port, credentials: [login(user, logins[user] ?? 'nonsense')] })).attempts[0]?.authenticated;
  assert.equal(await authenticated('stranger'), true);
  assert.equal(await authenticated('wrong'), false);
  assert.equal(await authenticated('good'), true);
});

test('a missing tag costs six requests with token authentication, and brings what may have been meant', async (t) => {
  const { port, seen } = await serve(t, withTokens(false, tokenThatGrants([])));
  const facts = await inspect({ port, credentials: [login('good', 'good-password')] });
  assert.equal(facts.attempts.at(-1)?.result, 'unauthorized');
  assert.deepEqual(facts.tags, { count: 4, complete: true, nearest: ['v2.1.2', 'v2.1.1', 'v1.0.0'], newest: 'v2.1.2' });
  assert.equal(seen.length, 6);
});

test('what a token says of itself saves a question, and decides nothing where nobody else asks', async (t) => {
  const opens = tokenThatGrants([{ type: 'repository', name: 'team/app', actions: ['pull'] }]);
  const manifests = async (token: string, credentials: Parameters<typeof inspect>[0]['credentials']) => {
    const { port, seen } = await serve(t, withTokens(false, token));
    await inspect({ port, tag: 'v2.1.2', credentials });
    return seen.filter(({ url, method }) => method === 'HEAD' && url.includes('/manifests/')).length;
  };
  const good = [login('good', 'good-password')];
  assert.equal(await manifests(tokenThatGrants([]), good), 2);
  assert.equal(await manifests(opens, good), 3);
  assert.equal(await manifests('opaque', good), 3);
  assert.equal(await manifests(tokenThatGrants([]), []), 2);
});

test('each credential is tried, the wrong one does not hide the good one', async (t) => {
  const { port } = await serve(t, withTokens(false));
  const facts = await inspect({
    port,
    tag: 'v2.1.2',
    credentials: [login('wrong', 'x', 'first'), login('good', 'good-password', 'second')],
  });
  assert.deepEqual(
    facts.attempts.map(({ credential, result }) => [credential?.secret ?? null, result]),
    [
      ['first', 'token-refused'],
      ['second', 'found'],
      [null, 'unauthorized'],
    ],
  );
});

test('a login without a password is not sent, as the runtimes do not', async (t) => {
  const { port, seen } = await serve(t, withBasic);
  const facts = await inspect({ port, credentials: [login('00000000-0000-0000-0000-000000000000', '')] });
  assert.equal(facts.attempts[0]?.result, 'unauthorized');
  assert.ok(seen.every(({ authorization }) => authorization === undefined));
});

test('a login that the kubelet cannot hand over is sent to nobody, and says nothing of the image', async (t) => {
  const { port, seen } = await serve(t, () => ({ [registryHost]: content() }));
  const facts = await inspect({ port, tag: 'v2.1.2', credentials: [{ ...login('ex\ufffdm', 'p\ufffdss'), isUtf8: false }] });
  assert.deepEqual(
    facts.attempts.map(({ credential, result }) => [credential?.user ?? null, result]),
    [
      ['ex\ufffdm', 'not-asked'],
      [null, 'found'],
    ],
  );
  assert.ok(seen.every(({ authorization }) => authorization === undefined));
});

test('a single manifest tells its platform in its config, an index in its entries', async (t) => {
  const { port } = await serve(t, () => ({ [registryHost]: content() }));
  const single = await inspect({ port, tag: 'v2.1.2' });
  assert.deepEqual(single.manifest?.platforms, [{ os: 'linux', architecture: 'arm64' }]);
  assert.equal(single.manifest?.size, config.length + layer.length);
  assert.equal(single.manifest?.digest, sha(manifest));
  const many = await inspect({ port, tag: 'latest' });
  assert.deepEqual(many.manifest?.platforms, [
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'arm64' },
  ]);
  assert.equal(many.manifest?.mediaType, indexType);
});

test('of an index for nodes that are not known an image that says what it is for stands for the others', async (t) => {
  const chart = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: sha(config), size: config.length },
    layers: [],
  });
  const odd = JSON.stringify({
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [{ mediaType: manifestType, digest: sha(chart), size: chart.length }, entry('linux', 'arm64')],
  });
  const held: Readonly<Record<string, readonly [string, string]>> = {
    latest: [indexType, odd],
    [sha(chart)]: [manifestType, chart],
    [sha(manifest)]: [manifestType, manifest],
  };
  const whole = content();
  const { port } = await serve(t, () => ({
    [registryHost]: (request, response) => {
      const [type, body] = held[request.url?.split('/manifests/')[1] ?? ''] ?? [];
      if (type === undefined || body === undefined) return whole(request, response);
      response.writeHead(200, { 'content-type': type, 'docker-content-digest': sha(body), 'content-length': body.length });
      return response.end(request.method === 'HEAD' ? undefined : body);
    },
  }));
  const { manifest: found } = await inspect({ port, tag: 'latest', node: null });
  assert.deepEqual([found?.configMediaType, found?.sample], ['application/vnd.oci.image.config.v1+json', true]);
});

test('a layer that is not there is found out, and where a blob is stored', async (t) => {
  const missing = await serve(t, () => ({ [registryHost]: content({ [sha(config)]: config }) }));
  const facts = await inspect({ port: missing.port, tag: 'v2.1.2' });
  assert.deepEqual([facts.blob?.digest, facts.blob?.status], [sha(layer), 404]);
  const stored = await serve(t, (port) => ({
    [registryHost]: (request, response) =>
      request.url?.includes('/blobs/')
        ? void response.writeHead(307, { location: `https://storage.other.test:${port}${request.url}?signature=x` }).end()
        : content()(request, response),
    'storage.other.test': (_, response) => void response.writeHead(403).end(),
  }));
  const blocked = await inspect({ port: stored.port, tag: 'v2.1.2' });
  assert.deepEqual([blocked.blob?.host, blocked.blob?.status], [`storage.other.test:${stored.port}`, 403]);
});

test('the length of a blob is compared with what the manifest says, however it is served', async (t) => {
  const lie = JSON.stringify({
    ...JSON.parse(manifest),
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: sha(layer), size: layer.length + 77 }],
  });
  const lying =
    (blob: Handler): Handler =>
    (request, response) => {
      if (request.url?.endsWith(`/blobs/${sha(layer)}`)) return blob(request, response);
      if (!request.url?.includes('/manifests/')) return content()(request, response);
      response.writeHead(200, { 'content-type': manifestType, 'content-length': lie.length });
      response.end(request.method === 'HEAD' ? undefined : lie);
    };
  const whole: Handler = (_, response) => void response.writeHead(200, { 'content-length': layer.length }).end(layer);
  const part: Handler = (_, response) =>
    void response.writeHead(206, { 'content-length': 1, 'content-range': `bytes 0-0/${layer.length}` }).end(layer[0]);
  const packed: Handler = (_, response) =>
    void response.writeHead(200, { 'content-length': 9, 'content-encoding': 'gzip' }).end('123456789');
  const unknown: Handler = (_, response) => void response.writeHead(206, { 'content-range': 'bytes 0-0/*' }).end(layer[0]);
  const sizes = { manifest: layer.length + 77, served: layer.length };
  for (const [serving, expected] of [
    [whole, sizes],
    [part, sizes],
    [packed, undefined],
    [unknown, undefined],
  ] as const) {
    const { port } = await serve(t, () => ({ [registryHost]: lying(serving) }));
    const { blob } = await inspect({ port, tag: 'v2.1.2' });
    assert.deepEqual([blob?.sizes, blob?.fault?.code], [expected, expected && 'wrong-size']);
  }
  const { port } = await serve(t, () => ({ [registryHost]: content() }));
  assert.deepEqual((await inspect({ port, tag: 'v2.1.2' })).blob?.fault, null);
});

test('the quota is read from the headers, and not spent when it runs low', async (t) => {
  const quota = { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '3;w=21600', 'docker-ratelimit-source': '192.0.2.7' };
  const { port, seen } = await serve(t, () => ({
    [registryHost]: (_, response) => void response.writeHead(200, { 'content-type': manifestType, ...quota }).end(),
  }));
  const facts = await inspect({ port });
  assert.deepEqual(facts.rateLimit, { limit: 100, remaining: 3, windowSeconds: 21600, source: '192.0.2.7', retryAfterSeconds: null });
  assert.deepEqual(
    seen.map(({ method }) => method),
    ['HEAD'],
  );
  assert.equal(facts.manifest?.mediaType, manifestType);
});

test('answers that are no registry’s', async (t) => {
  const outcome = async (handler: Handler) => {
    const { port } = await serve(t, () => ({ [registryHost]: handler }));
    return (await inspect({ port })).attempts[0];
  };
  const page = await outcome(
    (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Sign in\n to Wi-Fi</title>'),
  );
  assert.equal(page?.result, 'bad-response');
  assert.equal(page?.exchanges.at(-1)?.body, '<html><title>Sign in to Wi-Fi</title>');
  const policy = await outcome((_, response) => json(response, 412, errors('PROJECTPOLICYVIOLATION', 'vulnerabilities')));
  assert.equal(policy?.result, 'forbidden');
  assert.deepEqual(policy?.exchanges.at(-1)?.errors, [{ code: 'PROJECTPOLICYVIOLATION', message: 'vulnerabilities' }]);
  assert.equal((await outcome((_, response) => void response.writeHead(502).end('Bad Gateway')))?.result, 'unavailable');
});

test('an empty list of tags proves nothing; the manifest’s own error decides', async (t) => {
  const { port } = await serve(t, () => ({
    [registryHost]: (request, response) =>
      request.url?.includes('/tags/') ? json(response, 200, { tags: [] }) : json(response, 404, errors('NAME_UNKNOWN')),
  }));
  assert.equal((await inspect({ port })).attempts[0]?.result, 'repository-unknown');
});

test('what cannot be reached says so quickly', async (t) => {
  const nowhere = await inspect({ port: 443, host: 'nxdomain.example.test' });
  assert.deepEqual(nowhere.attempts[0]?.exchanges[0]?.fault?.layer, 'dns');
  const { port } = await serve(t, () => ({}));
  const closed = await inspect({ port: port === 1 ? 2 : 1 });
  assert.deepEqual(closed.attempts[0]?.exchanges[0]?.fault?.code, 'refused');
  const impossible = await inspect({ port: 99999 });
  assert.equal(impossible.attempts[0]?.result, 'unreachable');
});
