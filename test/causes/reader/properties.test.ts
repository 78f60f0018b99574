import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { read } from '../../../src/causes/reader/read.ts';
import { messages, type Row } from './messages.ts';

/** Names that hold the words that decide. */
const traps = [
  'x509-certificate-exporter:nope',
  'team/not-found-page:1',
  'quay.io/x/unauthorized-proxy:429',
  'toomanyrequests/no-such-host:latest',
  'denied.example:5000/forbidden:403',
  'registry.test/connection-refused/i-o-timeout:no-space-left',
  'timeout.example/manifest-unknown@sha256:1e61a346f526b812f8c3fc0260864d8cf713685b2bb061b01f2a6a91f9db0f7e',
  'gateway-timeout.example/proxyconnect:500',
] as const;

const own = 'registry.example.com/team/app:v1';
/** Rows that say their own image by its full name only, so that it can be renamed. */
const renamable = messages.filter(
  ({ text, code }) =>
    text.includes(own) &&
    code !== 'invalid-image-name' &&
    !/registry\.example\.com(?!\/team\/app:v1)|team\/app(?!:v1)|reading manifest v1|initializing source/.test(text),
);
const decided = messages.filter(({ text }) => !/^(?:unexpected end|invalid character|json:)/.test(text));

const anyRow = (rows: readonly Row[]) => fc.constantFrom(...rows);
const settings = { seed: 20260101, numRuns: 1500 };
const same = (row: Row, text: string, image?: string) => assert.equal(read(text, image).code, row.code, text);

test('the image may have any name', () => {
  assert.ok(renamable.length > 60);
  fc.assert(
    fc.property(anyRow(renamable), fc.constantFrom(...traps), fc.boolean(), (row, trap, told) =>
      same(row, row.text.replaceAll(own, trap), told ? trap : undefined),
    ),
    settings,
  );
});

test('a URL may hold any name', () => {
  const rows = messages.filter(({ text }) => text.includes('/v2/team/app/manifests/v1'));
  assert.ok(rows.length > 40);
  const paths = ['/v2/x509/manifests/429', '/v2/denied/not-found/manifests/no-such-host', '/v2/toomanyrequests/manifests/403'];
  fc.assert(
    fc.property(anyRow(rows), fc.constantFrom(...paths), (row, path) => same(row, row.text.replaceAll('/v2/team/app/manifests/v1', path))),
    settings,
  );
});

test('registry, repository and tag may have any names, in every dialect', () => {
  const names: readonly (readonly [string, string, string])[] = [
    ['denied.example:5000', 'unauthorized-proxy', '403'],
    ['timeout.example', 'x509-certificate-exporter', 'not-found'],
    ['quay.io', 'toomanyrequests/no-such-host', '429'],
    ['10.0.0.1:5000', 'not-found-page', 'eof'],
    ['localhost:5000', 'gateway-timeout/connection-refused', 'unauthorized'],
  ];
  const rows = messages.filter(({ text, code }) => text.includes('registry.example.com') && code !== 'invalid-image-name');
  assert.ok(rows.length > 200);
  fc.assert(
    fc.property(anyRow(rows), fc.constantFrom(...names), fc.boolean(), (row, [host, repository, tag], told) => {
      const text = row.text
        .replaceAll(own, `${host}/${repository}:${tag}`)
        .replaceAll('/v2/team/app/manifests/v1', `/v2/${repository}/manifests/${tag}`)
        .replaceAll('reading manifest v1 in', `reading manifest ${tag} in`)
        .replaceAll('[manifests v1]', `[manifests ${tag}]`)
        .replaceAll('registry.example.com/team/app', `${host}/${repository}`)
        .replaceAll('registry.example.com', host);
      same(row, text, told ? `${host}/${repository}:${tag}` : undefined);
    }),
    settings,
  );
});

test('a bare name may be any word', () => {
  const forms: readonly (readonly [Row['code'], (name: string) => string])[] = [
    ['not-found-or-denied', (name) => `pull access denied for ${name}, repository does not exist or may require 'docker login'`],
    ['manifest-not-found', (name) => `manifest for ${name} not found: manifest unknown: manifest unknown`],
    ['repository-not-found', (name) => `repository ${name} not found: name unknown: repository name not known to registry`],
    ['short-name-unresolved', (name) => `short name mode is enforcing, but image name ${name} returns ambiguous list`],
    ['never-pull', (name) => `Container image "${name}" is not present with pull policy of Never`],
    ['connect-timeout', (name) => `Failed to pull image "${name}": Get https://registry-1.docker.io/v2/: net/http: TLS handshake timeout`],
  ];
  for (const name of [
    'unauthorized-proxy',
    'toomanyrequests',
    'denied',
    'x509',
    'timeout',
    'not-found-page:403',
    'eof:eof',
    'no-such-host',
  ]) {
    for (const [code, form] of forms) assert.equal(read(form(name)).code, code, form(name));
  }
});

const wrappers: readonly ((text: string) => string)[] = [
  (text) => `rpc error: code = Unknown desc = ${text}`,
  (text) => `rpc error: code = NotFound desc = ${text}`,
  (text) => `Failed to pull image "denied.example/not-found:1": ${text}`,
  (text) => `Back-off pulling image "x509-exporter:1": ErrImagePull: ${text}`,
  (text) => `spec.containers{unauthorized-proxy}: ${text}`,
  (text) => `Failed to pull image "a/b:1": rpc error: code = Unavailable desc = failed to pull and unpack image "a/b:1": ${text}`,
  (text) =>
    `Warning  Failed  12s (x2 over 26s)  kubelet  Failed to pull image "a/b:1": ${text}\n  Warning  Failed  12s  kubelet  Error: ErrImagePull`,
];

test('wrappers say nothing, in any number', () => {
  const rows = decided.filter(({ text, code }) => !text.includes('aborted') && code !== 'none');
  fc.assert(
    fc.property(anyRow(rows), fc.array(fc.constantFrom(...wrappers), { minLength: 1, maxLength: 4 }), (row, around) =>
      same(
        row,
        around.reduce((text, wrap) => wrap(text), row.text),
      ),
    ),
    settings,
  );
});

test('quotes may be escaped, any number of times', () => {
  fc.assert(
    fc.property(anyRow(decided), fc.integer({ min: 1, max: 4 }), (row, times) => {
      let text = row.text;
      for (let time = 0; time < times; time += 1) text = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
      same(row, `level=error msg="${text}"`);
    }),
    settings,
  );
});

test('lines may be folded, control bytes and colours may be inside', () => {
  const noise = fc.constantFrom(
    '\n  ',
    '\r\n',
    '\t',
    '  ',
    ' \u001b[31m',
    '\u001b[0m ',
    '\u001b]0;title\u0007 ',
    ' \u0000',
    '\u200b ',
    '\u2028',
  );
  fc.assert(
    fc.property(
      anyRow(messages),
      fc.array(noise, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(60), { minLength: 8, maxLength: 8 }),
      (row, marks, places) => {
        const words = row.text.split(' ');
        const gaps = words.map(() => ' ');
        marks.forEach((mark, index) => {
          gaps[(places[index] ?? 0) % Math.max(1, words.length - 1)] = mark;
        });
        same(row, words.map((word, index) => (index === words.length - 1 ? word : word + gaps[index])).join(''));
      },
    ),
    settings,
  );
});

test('what follows the decisive clause may be cut at 1,024 bytes', () => {
  fc.assert(
    fc.property(
      anyRow(decided),
      fc.constantFrom(' see https://docs.example/x509/not-found', '\n  Warning  Failed  12s (x2 over 26s)  kubelet  Error: ErrImagePull'),
      (row, tail) => {
        same(row, (row.text + tail.repeat(30)).slice(0, Math.max(1024, row.text.length)));
      },
    ),
    settings,
  );
});

test('no text makes it fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      assert.ok(read(text, text).code);
    }),
    settings,
  );
});

test('a megabyte of hostile text is read in time that grows with its length only', () => {
  const hostile = [
    '[',
    '"',
    "'",
    '{"',
    '\\"',
    '\\n',
    '‹',
    'rpc error: code = X desc = ',
    '(mirrors also failed: ',
    'lookup a on b: ',
    'a/'.repeat(50),
    'a:b-c.d',
    'certificate is valid for ',
    'ip ',
    'x509: a ',
    '/'.repeat(10),
    '<html',
    ': not found',
    'aaaa ',
    '\u001b[',
    '&quot',
    'sha256:',
    'http://a?ns=',
    'Failed to pull image "a": ',
    'Failed, retrying in 1 Error: ',
    'trying next host host=a ',
    '(mirrors also failed: a] [',
    'errors occurred while pulling: * ',
  ];
  read(messages.map(({ text }) => text).join(' '));
  for (const piece of hostile) {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const start = performance.now();
    read(text, text.slice(0, 200));
    const took = performance.now() - start;

    assert.ok(took < 500, `${JSON.stringify(piece)}: ${took.toFixed(0)} ms`);
  }
});

test('a long run of one sign, ended by another, is read in time that grows with its length only', () => {
  for (const sign of ['"', "'", ':', '::', ';', ',', '(', '[', ']', '.', '-', '/', '‹', '›', '@', 'a-', 'a.', '"]', '","']) {
    for (const end of ['x', '"', ' x']) {
      const text = sign.repeat(24_000 / sign.length) + end;
      const start = process.cpuUsage();
      read(text);
      const used = process.cpuUsage(start);
      const took = (used.user + used.system) / 1000;
      assert.ok(took < 200, `${JSON.stringify(sign)} before ${JSON.stringify(end)}: ${took.toFixed(0)} ms`);
    }
  }
});
