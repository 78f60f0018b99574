import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { CauseCode } from '../../../src/values/cause-code.ts';
import { everyText } from './every-text.ts';

/** What a registry says of itself, or quotes of its upstream, its storage or its login: the text, the cause, and what stays open. */
const quoted: readonly (readonly [text: string, code: CauseCode, open: CauseCode])[] = [
  [
    'reading manifest v2.1.3 in registry.example.com/payment: unknown: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.96.0.10:53: no such host',
    'proxy-cache-upstream',
    'dns-failure',
  ],
  [
    'failed to copy: httpReadSeeker: failed open: unexpected status code https://r.test/v2/a/b/manifests/1: 500 Internal Server Error - Server message: unknown: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
    'proxy-cache-upstream',
    'dns-failure',
  ],
  [
    'pulling image error : unknown: unable to pull manifest from docker.io/a/b:1: Get https://registry-1.docker.io/v2/: x509: certificate is valid for *.router.test, not registry-1.docker.io',
    'proxy-cache-upstream',
    'tls-name-mismatch',
  ],
  [
    'unexpected status from HEAD request to https://r.test/v2/a/b/manifests/1: 503 Service Unavailable: upstream connect error or disconnect/reset before headers. reset reason: connection failure, transport failure reason: delayed connect error: Connection refused',
    'registry-unavailable',
    'connect-refused',
  ],
  [
    'unexpected status from HEAD request to https://r.test/v2/a/b/manifests/1: 502 Bad Gateway: dial tcp 10.0.0.7:5000: connect: connection refused',
    'registry-unavailable',
    'connect-refused',
  ],
  ['unauthorized: LDAP error: dial tcp 10.0.0.2:389: connect: connection refused', 'auth-required', 'connect-refused'],
  ['unauthorized: x509: certificate signed by unknown authority when contacting keycloak', 'auth-required', 'tls-unknown-authority'],
  [
    'failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://r.test/service/token: 500 Internal Server Error: {"errors":[{"code":"UNKNOWN","message":"LDAP: dial tcp 10.0.0.2:636: i/o timeout"}]}',
    'registry-unavailable',
    'connect-timeout',
  ],
  [
    'unexpected status from HEAD request to https://r.test/v2/a/b/manifests/1: 500 Internal Server Error: {"errors":[{"code":"UNKNOWN","message":"filesystem: open /data: no space left on device"}]}',
    'registry-unavailable',
    'disk-full',
  ],
  ['denied: upload refused: disk quota exceeded for project payment', 'auth-forbidden', 'disk-full'],
  [
    'unexpected status from GET request to https://r.test/v2/a/b/manifests/1: 403 Forbidden: denied (Mirrors also failed: [x]): no space left on device',
    'auth-forbidden',
    'disk-full',
  ],
  [
    'unexpected status from HEAD request to https://r.test/v2/a/b/manifests/1: 400 Bad Request Client sent an HTTP request to an HTTPS server.',
    'registry-bad-response',
    'http-on-https',
  ],
  ['unknown: Get "https://registry-1.docker.io/v2/": Proxy Authentication Required', 'proxy-cache-upstream', 'proxy-failure'],
];

for (const [text, code, open] of quoted) {
  test(`quoted · ${code} · ${text.slice(-90)}`, () => {
    const reading = read(text);
    assert.deepEqual([reading.code, reading.confidence], [code, 'likely'], reading.error.clause);
    assert.ok(
      reading.alternatives.some((one) => one.code === open),
      reading.alternatives.map((one) => one.code).join(),
    );
  });
}

test('a request that the registry tells of is not the one that failed', () => {
  const { request } = read(quoted[0]?.[0] ?? '').error;
  assert.equal(request, null);
  assert.equal(read(quoted[1]?.[0] ?? '').error.request?.host, 'r.test');
});

test("a mirror's words about its own disk blame the mirror", () => {
  const text =
    'unexpected status from HEAD request to https://m.test/v2/a/b/manifests/1?ns=docker.io: 500 Internal Server Error: no space left on device';
  assert.equal(read(text).code, 'mirror-misconfigured');
});

test('a failure that the node tells of before an answer to another attempt stays its own, and open', () => {
  const reading = read('happened during read: unexpected EOF (after reconnecting, fetching blob: StatusCode: 400, "<?xml …")');
  assert.deepEqual([reading.code, reading.confidence], ['connection-dropped', 'likely']);
  assert.deepEqual(
    reading.alternatives.map(({ code }) => code),
    ['registry-bad-response'],
  );
});

test('words of people are no more than likely', () => {
  for (const [text, code] of [
    ['denied: Your account has been suspended. Too many requests.', 'rate-limited'],
    ['too many requests', 'rate-limited'],
    ['denied: this is no matching manifest for policy x', 'auth-forbidden'],
    ['no matching manifest', 'platform-mismatch'],
    ['denied: adding 4 MB: insufficient space, quota exceeded', 'auth-forbidden'],
    ['insufficient space', 'disk-full'],
    ['unexpected status from HEAD request to https://r.test/v2/a/b/manifests/1: 500 Internal Server Error', 'registry-unavailable'],
  ] as const) {
    assert.deepEqual([read(text).code, read(text).confidence], [code, 'likely'], text);
  }
  for (const text of ['toomanyrequests: You have reached your pull rate limit.', '429 Too Many Requests', 'too many requests to registry'])
    assert.deepEqual([read(text).code, read(text).confidence], ['rate-limited', 'certain'], text);
});

test('what breaks while layers are unpacked is not surely the connection to the registry', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  for (const [text, code] of [
    [`failed to extract layer ${digest}: unpigz: abort: write error on <stdout> (Broken pipe)`, 'connection-dropped'],
    [
      `failed to extract layer ${digest}: mount callback failed on /var/lib/containerd/tmpmounts/m1: write |1: broken pipe: unknown`,
      'connection-dropped',
    ],
    [
      `writing blob: adding layer with blob "${digest}": processing tar file(write /usr/lib/x: broken pipe): exit status 1`,
      'connection-dropped',
    ],
    ['failed to unpack image on snapshotter nydus: failed to mount: dial tcp 10.0.0.1:80: connect: connection refused', 'connect-refused'],
    [`failed to extract layer ${digest}: stargz: connection timed out`, 'connect-timeout'],
  ] as const) {
    const reading = read(text);
    assert.deepEqual([reading.code, reading.confidence, reading.alternatives[0]?.code], [code, 'likely', 'unpack-failed'], text);
  }
});

/** Families that tell of the node and of its way to the registry, and what else only a node can find. */
const ofTheNode = (code: CauseCode) =>
  ['network', 'tls', 'node'].includes(catalogue[code].family) ||
  ['corrupt-layer', 'signature-rejected', 'platform-mismatch'].includes(code);

/** Certain in spite of a status or a code, each for its reason. */
const rightly: readonly { readonly name: RegExp; readonly code: CauseCode; readonly reason: string }[] = [
  { name: /407 Proxy Authentication Required/, code: 'proxy-failure', reason: 'the status itself is a proxy’s: no registry sends it' },
  {
    name: /http:\/\/\S+ 400 Bad Request Client sent an HTTP request/,
    code: 'http-on-https',
    reason: 'what was asked is plain HTTP, and the server says so of the request',
  },
  {
    name: /daemon socket \S+: not found: wait until daemon/,
    code: 'runtime-unavailable',
    reason: 'not found is Go’s word for a socket of the node, no registry’s NOT_FOUND',
  },
];

test('a text with a status from 400 on or a registry’s code is never certain of the node or its network', () => {
  const used = new Set<string>();
  let answered = 0;
  for (const { text, image } of everyText) {
    const { error, code, confidence } = read(text, image);
    const told = [error, ...(error.attempts ?? []), ...(error.others ?? [])];
    if (!told.some(({ status, registryErrors }) => (status ?? 0) >= 400 || registryErrors.length > 0)) continue;
    answered += 1;
    if (confidence !== 'certain' || !ofTheNode(code)) continue;
    const exception = rightly.find((one) => one.code === code && one.name.test(text));
    assert.ok(exception, `${code}: ${text}`);
    used.add(exception.reason);
  }
  assert.ok(answered > 400, `${answered}`);
  assert.equal(used.size, rightly.length, 'an exception that no text needs');
});

/** How clients tell of a registry's answer. */
const answers: readonly ((words: string) => string)[] = [
  (words) =>
    `failed to resolve reference "r.test/a/b:1": unexpected status from HEAD request to https://r.test/v2/a/b/manifests/1: 500 Internal Server Error: ${words}`,
  (words) => `reading manifest 1 in r.test/a/b: unknown: ${words}`,
  (words) => `Error response from daemon: denied: ${words}`,
  (words) =>
    `failed to copy: httpReadSeeker: failed open: unexpected status code https://r.test/v2/a/b/manifests/1: 403 Forbidden - Server message: denied: ${words}`,
  (words) =>
    `unexpected status from GET request to https://r.test/v2/a/b/manifests/1: 502 Bad Gateway: {"errors":[{"code":"UNAVAILABLE","message":"${words.replaceAll('"', '\\"')}"}]}`,
];

test('whatever a registry says, it is not certain of the node', () => {
  const words = everyText
    .map(({ text }) => text)
    .filter((text) => text.length < 600 && ofTheNode(read(text).code) && read(text).confidence === 'certain');
  assert.ok(words.length > 200, `${words.length}`);
  for (const text of words) {
    for (const answer of answers) {
      const { code, confidence, error } = read(answer(text));
      assert.ok(confidence !== 'certain' || !ofTheNode(code), `${code} ${error.status}: ${answer(text)}`);
    }
  }
});
