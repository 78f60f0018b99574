import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { forecastPull } from '../../src/causes/forecast/pull.ts';
import type { Credential } from '../../src/image/keyring.ts';
import { container, imageSpec, view } from '../causes/view-builder.ts';
import { authority, errors, type Handler, type Hosts, inspect, json, login, registryHost, serve } from './servers.ts';

// What registries do that the specification has not foreseen: none of it may be called a cause that it is not, let alone for certain.

const sha = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const config = JSON.stringify({ os: 'linux', architecture: 'amd64' });
const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: sha('layer'), size: 5 };
const imageOf = (more: object = {}) => ({
  schemaVersion: 2,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha(config), size: config.length },
  layers: [layer],
  ...more,
});
const image = JSON.stringify(imageOf({ mediaType: manifestType }));

interface Held {
  readonly manifests: Readonly<Record<string, readonly [type: string, body: string]>>;
  readonly blobs: Readonly<Record<string, string>>;
}
const held = (tag: readonly [string, string], others: readonly (readonly [string, string])[] = []): Held => ({
  manifests: Object.fromEntries([['v2.1.3', tag], ...[tag, ...others].map((one) => [sha(one[1]), one] as const)]),
  blobs: { [sha(config)]: config, [layer.digest]: 'layer' },
});
const whole = held([manifestType, image]);

/** A registry that holds this, and says so as the specification has it. */
function serves({ manifests, blobs }: Held): Handler {
  return (request, response) => {
    const [, kind = '', name = ''] = /^\/v2\/team\/app\/(manifests|blobs|tags)\/([^?]+)/.exec(request.url ?? '') ?? [];
    if (kind === 'tags') return json(response, 200, { tags: Object.keys(manifests).filter((key) => !key.includes(':')) });
    const [type, body] = kind === 'manifests' ? (manifests[name] ?? []) : ['application/octet-stream', blobs[name]];
    if (type === undefined || body === undefined)
      return json(response, 404, errors(kind === 'blobs' ? 'BLOB_UNKNOWN' : 'MANIFEST_UNKNOWN'));
    response.writeHead(200, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      ...(kind === 'manifests' && { 'docker-content-digest': sha(body) }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

/**
 * Distribution 2.8 without the tag, with its words, or 3.1 with its; as a cache it says of tags what it holds itself where its upstream fails, and of a digest what its upstream says.
 * @param tags null: it has no such repository
 */
function distribution(
  over: { upstream?: 'down' | 'refuses'; tags?: readonly string[] | null; detail?: false; sentences?: true } = {},
): Handler {
  const { upstream, tags = ['v2.1.2'], detail = true, sentences = false } = over;
  const unknown = (code: string, words: object | string) => ({
    errors: [{ code, message: 'manifest unknown', ...(detail && { detail: words }) }],
  });
  return (request, response) => {
    const [, kind = '', name = ''] = /^\/v2\/team\/app\/(manifests|tags)\/([^?]+)/.exec(request.url ?? '') ?? [];
    if (kind === 'tags') return tags ? json(response, 200, { tags }) : json(response, 404, unknown('NAME_UNKNOWN', { name: 'team/app' }));
    if (!name.startsWith('sha256:'))
      return json(response, 404, unknown('MANIFEST_UNKNOWN', sentences ? `unknown tag=${name}` : { Tag: name }));
    if (upstream === 'down') return json(response, 500, errors('UNKNOWN', 'unknown error'));
    if (upstream === 'refuses') return json(response, 401, errors('UNAUTHORIZED', 'authentication required'));
    const words = sentences ? `unknown manifest name=team/app revision=${name}` : { Name: 'team/app', Revision: name };
    json(response, 404, unknown('MANIFEST_UNKNOWN', words));
  };
}

/** Quay without the tag. @param detail what it adds to its "unknown" of a digest */
function quay(detail: object | string, realm = '/v2/auth'): Hosts {
  return (port) => ({
    [registryHost]: (request, response) => {
      if (request.url?.startsWith(realm)) return grants(request, response);
      if (!request.headers.authorization)
        return json(response, 401, errors('UNAUTHORIZED'), {
          'www-authenticate': `Bearer realm="https://${registryHost}:${port}${realm}",service="s"`,
        });
      if (request.url?.includes('/tags/')) return json(response, 200, { tags: ['v2.1.2'] });
      json(response, 404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown', detail }] });
    },
  });
}

const over =
  (part: RegExp, handler: Handler, rest: Handler = serves(whole)): Handler =>
  (request, response) =>
    (part.test(`${request.method} ${request.url}`) ? handler : rest)(request, response);
const alone =
  (handler: Handler): Hosts =>
  () => ({ [registryHost]: handler });
const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Handler =>
  (request, response) =>
    void response.writeHead(code, headers).end(request.method === 'HEAD' ? undefined : body);
const basic = { 'www-authenticate': 'Basic realm="r"' };
const wantsBasic = status(401, { ...basic, 'content-type': 'application/json' }, JSON.stringify(errors('UNAUTHORIZED')));
const forLogins =
  (then: Handler): Handler =>
  (request, response) =>
    (request.headers.authorization ? then : wantsBasic)(request, response);
const user = login('ci', 'password');

/** A token server at the same site that grants a token to each scoped question. */
const tokens =
  (registry: Handler, token: Handler): Hosts =>
  (port) => ({
    [registryHost]: (request, response) =>
      request.headers.authorization
        ? registry(request, response)
        : json(response, 401, errors('UNAUTHORIZED'), {
            'www-authenticate': `Bearer realm="https://auth.example.test:${port}/token",service="s"`,
          }),
    'auth.example.test': token,
  });
const grants: Handler = (_, response) => json(response, 200, { token: 'a-token' });

type Expected = readonly [result: string, code?: string, confidence?: string];
const nothing: Expected = ['unknown', undefined, undefined];
const fine: Expected = ['ok', undefined, undefined];

const oddities: readonly (readonly [
  what: string,
  hosts: Hosts,
  expected: Expected,
  credentials?: readonly Credential[],
  runtime?: string,
])[] = [
  ['a registry as it should be', alone(serves(whole)), fine],
  [
    'a digest that is not that of the content',
    alone(over(/^HEAD .*manifests/, status(200, { 'content-type': manifestType, 'docker-content-digest': sha('x') }))),
    nothing,
  ],
  ['HEAD finds what GET does not', alone(over(/^GET .*manifests/, status(404))), nothing],
  ['GET finds what HEAD does not', alone(over(/^HEAD .*manifests/, status(404))), nothing],
  ['404 without a word, for everything', alone(status(404)), ['problem', 'manifest-not-found', 'likely']],
  [
    'the tag is unknown, and no list of tags',
    alone(over(/./, (_, response) => json(response, 404, errors('MANIFEST_UNKNOWN')))),
    ['problem', 'manifest-not-found', 'likely'],
  ],
  [
    'a tag on the list that is not there',
    alone(over(/manifests/, (_, response) => json(response, 404, errors('MANIFEST_UNKNOWN')))),
    ['problem', 'manifest-not-found', 'likely'],
  ],
  ['Distribution that lacks the tag', alone(distribution()), ['problem', 'manifest-not-found', 'certain']],
  ['Distribution 3 that lacks the tag', alone(distribution({ sentences: true })), ['problem', 'manifest-not-found', 'certain']],
  [
    'Distribution 3 as a cache without its upstream',
    alone(distribution({ sentences: true, upstream: 'down' })),
    ['problem', 'manifest-not-found', 'likely'],
  ],
  ['Distribution that lacks the repository', alone(distribution({ tags: null })), ['problem', 'repository-not-found', 'certain']],
  [
    'a cache of Distribution whose upstream is down: a tag that it does not hold, and the tags that it does',
    alone(distribution({ upstream: 'down' })),
    ['problem', 'manifest-not-found', 'likely'],
  ],
  [
    'a cache of Distribution that holds nothing of the repository, and whose upstream is down',
    alone(distribution({ upstream: 'down', tags: null })),
    ['problem', 'repository-not-found', 'likely'],
  ],
  [
    'a cache of Distribution whose upstream wants a login',
    alone(distribution({ upstream: 'refuses' })),
    ['problem', 'manifest-not-found', 'likely'],
  ],
  ['Quay that lacks the tag', quay(''), ['problem', 'manifest-not-found', 'certain']],
  [
    'Quay as a cache whose upstream fails',
    quay(
      'the requested image may not exist in the upstream registry, or the configured Quay organization credentials have insufficient rights to access it (503)',
    ),
    ['problem', 'manifest-not-found', 'likely'],
  ],
  ['Quay of before it could be a cache, in other words', quay({}), ['problem', 'manifest-not-found', 'likely']],
  ['what says as little as Quay, and is not it', quay('', '/token'), ['problem', 'manifest-not-found', 'likely']],
  ['software that is not known, and may be a cache', alone(distribution({ detail: false })), ['problem', 'manifest-not-found', 'likely']],
  ['a page for everything', alone(status(200, { 'content-type': 'text/html' }, '<html>')), ['problem', 'registry-bad-response', 'likely']],
  ['a page in place of the layer', alone(over(/blobs/, status(200, { 'content-type': 'text/html' }, '<html>'))), nothing],
  [
    'a config of other content',
    alone(serves({ ...whole, blobs: { ...whole.blobs, [sha(config)]: '{"os":"windows","architecture":"arm"}' } })),
    nothing,
  ],
  ['an index within an index', alone(serves(nested())), fine],
  [
    'an index within an index, for nodes of CRI-O',
    alone(serves(nested())),
    ['problem', 'unsupported-manifest', 'likely'],
    [],
    'cri-o://1.34.1',
  ],
  [
    'an index within an index that is for other nodes',
    alone(serves(nested({ os: 'linux', architecture: 'arm64' }))),
    ['problem', 'platform-mismatch', 'certain'],
  ],
  ['indexes five deep', alone(serves(nested(undefined, 5))), nothing],
  ['two indexes, of which neither says what it is for', alone(serves(nested({ os: 'linux', architecture: 'arm64' }, 1, 2))), nothing],
  ['an index whose entries name no platform', alone(serves(indexOf([{}]))), fine],
  [
    'an entry for other nodes and one that names no platform',
    alone(serves(indexOf([{}, { platform: { os: 'linux', architecture: 'arm64' } }]))),
    fine,
  ],
  [
    'an entry that names no platform, whose config is for others',
    alone(serves(indexOf([{}], JSON.stringify({ os: 'linux', architecture: 's390x' })))),
    ['problem', 'platform-mismatch', 'certain'],
  ],
  [
    'an entry that cannot be read beside one for other nodes',
    alone(serves(indexOf([{ digest: 'sha256:short' }, { platform: { os: 'linux', architecture: 'arm64' } }]))),
    nothing,
  ],
  [
    'an index for other nodes',
    alone(serves(indexOf([{ platform: { os: 'linux', architecture: 'arm64' } }]))),
    ['problem', 'platform-mismatch', 'certain'],
  ],
  ['a manifest without a media type of ours', alone(serves(held(['application/json', JSON.stringify(imageOf())]))), nothing],
  [
    'no ranges',
    alone((request, response) => (request.headers.range ? status(416)(request, response) : serves(whole)(request, response))),
    fine,
  ],
  [
    'a layer that is not there',
    alone(serves({ ...whole, blobs: { [sha(config)]: config } })),
    ['problem', 'registry-blob-missing', 'certain'],
  ],
  ['a redirect to plain HTTP', alone(over(/manifests/, status(307, { location: 'http://registry.example.test/x' }))), nothing],
  ['a blob behind a redirect to plain HTTP', alone(over(/blobs/, status(307, { location: 'http://registry.example.test/x' }))), nothing],
  [
    'a cookie that it waits for',
    alone((request, response) => status(302, { location: request.url ?? '', 'set-cookie': 'a=b' })(request, response)),
    ['problem', 'registry-bad-response', 'likely'],
  ],
  [
    'packed errors',
    alone(
      over(
        /./,
        (_, response) =>
          void response
            .writeHead(404, { 'content-encoding': 'gzip', 'content-type': 'application/json' })
            .end(gzipSync(JSON.stringify(errors('NAME_UNKNOWN')))),
      ),
    ),
    ['problem', 'repository-not-found', 'likely'],
  ],
  [
    'a packed manifest',
    alone(
      over(
        /^GET .*manifests/,
        (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': manifestType }).end(gzipSync(image)),
      ),
    ),
    fine,
  ],
  ['more headers than we read', alone(status(200, { 'x-fill': 'x'.repeat(60_000) })), nothing],
  [
    'hints before the answer',
    alone((request, response) => response.writeEarlyHints({ link: '</a>; rel=preload' }, () => serves(whole)(request, response))),
    fine,
  ],
  [
    'another protocol',
    alone((_, response) => void response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n')),
    nothing,
  ],
  [
    'an answer without end',
    alone(over(/^GET .*manifests/, (_, response) => void response.writeHead(200, { 'content-type': manifestType }).write('{'))),
    nothing,
  ],
  ['several schemes', alone(forLogins(serves(whole))), fine, [user]],
  ['401 without a challenge', alone(status(401)), ['problem', 'registry-bad-response', 'likely'], [user]],
  [
    '401 with a challenge that nobody here can answer',
    alone(status(401, { 'www-authenticate': 'Negotiate' })),
    ['problem', 'registry-bad-response', 'likely'],
    [user],
  ],
  ['a login without its password', alone(wantsBasic), ['problem', 'auth-rejected', 'likely'], [login('ci', '')]],
  [
    '401 for want of rights',
    alone(over(/manifests|tags/, wantsBasic, forLogins(status(200)))),
    ['problem', 'not-found-or-denied', 'likely'],
    [user],
  ],
  ['401 to a wrong password', alone(wantsBasic), ['problem', 'auth-rejected', 'certain'], [user]],
  [
    '401 to a manifest, and an open root',
    alone(over(/manifests/, wantsBasic, status(200))),
    ['problem', 'auth-rejected', 'likely'],
    [user],
  ],
  ['403 without a word, to Basic', alone(forLogins(status(403))), ['problem', 'auth-forbidden', 'likely'], [user]],
  [
    'a policy that forbids it',
    alone(forLogins((_, response) => json(response, 403, errors('FORBIDDEN', 'Artifact was not downloaded because of Xray block policy')))),
    ['problem', 'registry-policy-blocked', 'likely'],
    [user],
  ],
  ['451', alone(forLogins(status(451))), ['problem', 'registry-policy-blocked', 'likely'], [user]],
  ['401 to a token that was made just now', tokens(wantsBasic, grants), ['problem', 'not-found-or-denied', 'likely'], [user]],
  [
    "a token that is expired by the registry's clock",
    tokens(
      (_, response) =>
        json(response, 401, errors('UNAUTHORIZED', 'token is expired'), { 'www-authenticate': 'Bearer realm="x",error="invalid_token"' }),
      grants,
    ),
    ['problem', 'not-found-or-denied', 'likely'],
    [user],
  ],
  [
    'a token server that refuses the scope and not the login',
    tokens(wantsBasic, (request, response) => (request.url?.includes('scope=') ? json(response, 401, {}) : grants(request, response))),
    ['problem', 'not-found-or-denied', 'likely'],
    [user],
  ],
  [
    'a token server behind a wall',
    tokens(wantsBasic, status(403, { 'content-type': 'text/html' }, '<html>')),
    ['problem', 'auth-rejected', 'likely'],
    [user],
  ],
  [
    'a token server on another site',
    () => ({ [registryHost]: status(401, { 'www-authenticate': 'Bearer realm="https://evil.other.test/token"' }) }),
    nothing,
    [user],
  ],
  [
    'one credential refused, and the time over for the other',
    alone(
      forLogins((request, response) => (request.headers.authorization?.endsWith('YTpzbG93') ? undefined : wantsBasic(request, response))),
    ),
    nothing,
    [user, login('a', 'slow')],
  ],
];

/** An index of so many equal indexes, so deep, and at the end an image for this platform. */
function nested(platform: object = { os: 'linux', architecture: 'amd64' }, depth = 1, beside = 1): Held {
  const index = (manifests: readonly object[]) => JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests });
  const indexes = [index([{ mediaType: manifestType, digest: sha(image), size: 1, platform }])];
  for (let level = 0; level < depth; level++) {
    const inner = indexes[0] ?? '';
    indexes.unshift(
      index(Array.from({ length: level === depth - 1 ? beside : 1 }, () => ({ mediaType: indexType, digest: sha(inner), size: 1 }))),
    );
  }
  const [outer = '', ...inner] = indexes;
  return held([indexType, outer], [...inner.map((text) => [indexType, text] as const), [manifestType, image]]);
}

function indexOf(entries: readonly object[], itsConfig = config): Held {
  const text = JSON.stringify(
    imageOf({ mediaType: manifestType, config: { ...imageOf().config, digest: sha(itsConfig), size: itsConfig.length } }),
  );
  const manifests = entries.map((entry) => ({ mediaType: manifestType, digest: sha(text), size: text.length, ...entry }));
  const index = held([indexType, JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests })], [[manifestType, text]]);
  return { ...index, blobs: { ...index.blobs, [sha(itsConfig)]: itsConfig } };
}

async function foreseen(port: number, credentials: readonly Credential[] = [], runtime = 'containerd://2.1.4'): Promise<Expected> {
  const answers = await inspect({ port, credentials, limits: { connect: 10_000, request: 4000 } });
  const registry = { container: 'app', kind: 'container', ...answers } as const;
  const tries = credentials.map(({ secret, key, user }) => ({ secret, key, user }));
  const secrets = tries.map(({ secret, key, user }) => ({
    name: secret,
    state: 'usable' as const,
    obstacle: null,
    type: null,
    fault: null,
    createdAt: null,
    changedAt: null,
    entries: [{ key, user, empty: false, expiresAt: null, remarks: [] }],
  }));
  const subject = view({
    container: container(),
    spec: imageSpec(),
    registry,
    secrets,
    credentials: { container: 'app', kind: 'container', tries, nearest: null },
  });
  const { result, finding } = forecastPull(subject, {
    nodes: [{ name: 'n1', platform: { os: 'linux', architecture: 'amd64' }, runtime }],
    cut: false,
  });
  return [result, finding?.code, finding?.confidence];
}

for (const [what, hosts, expected, credentials, runtime] of oddities) {
  test(`an odd registry: ${what}`, async (t) => {
    const { port } = await serve(t, hosts);
    assert.deepEqual(await foreseen(port, credentials, runtime), expected);
  });
}

test('an odd registry: HTTP/1.0', async (t) => {
  const certificate = authority.issue([registryHost]);
  const server = createServer({ cert: certificate.certificate, key: certificate.key }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      const head = data.toString().startsWith('HEAD');
      const [, kind = '', name = ''] = /^\w+ \/v2\/team\/app\/(manifests|blobs)\/(\S+)/.exec(data.toString()) ?? [];
      const body = kind === 'manifests' ? image : (whole.blobs[name] ?? '');
      socket.end(
        `HTTP/1.0 200 OK\r\nContent-Type: ${kind === 'manifests' ? manifestType : 'application/octet-stream'}\r\n\r\n${head ? '' : body}`,
      );
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => server.close());
  assert.deepEqual(await foreseen((server.address() as AddressInfo).port), fine);
});
