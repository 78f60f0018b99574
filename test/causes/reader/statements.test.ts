import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from '../../../src/causes/reader/read.ts';

const alternatives = (text: string, image?: string) => read(text, image).alternatives.map(({ code }) => code);
const event = (image: string, cause: string) =>
  `Warning  Failed  9m37s  kubelet  Failed to pull image "${image}": rpc error: code = Unknown desc = Error response from daemon: ${cause}\n`;

test("a mirror's failure stays open beside the registry's own", () => {
  const text = (mirror: string, own: string) =>
    `initializing source docker://docker.io/library/x:1: (Mirrors also failed: [mirror.example/library/x:1: ${mirror}] [b.example/library/x:1: ${mirror}]): docker.io/library/x:1: ${own}`;
  const timeout = (host: string) => `pinging container registry ${host}: Get "https://${host}/v2/": dial tcp 1.2.3.4:443: i/o timeout`;
  const untrusted =
    'pinging container registry mirror.example: Get "https://mirror.example/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority';

  const reading = read(text(untrusted, timeout('registry-1.docker.io')));
  assert.deepEqual([reading.code, reading.confidence], ['connect-timeout', 'likely']);
  assert.deepEqual(
    reading.alternatives.map(({ code }) => code),
    ['mirror-misconfigured'],
  );
  assert.equal(reading.error.others?.length, 2);
  assert.equal(reading.error.others?.[0]?.request?.host, 'mirror.example');

  const same = read(text(timeout('mirror.example'), timeout('registry-1.docker.io')));
  assert.deepEqual([same.code, same.confidence], ['connect-timeout', 'certain']);

  assert.deepEqual(
    alternatives(text('reading manifest 1 in mirror.example/library/x: manifest unknown', timeout('registry-1.docker.io'))),
    ['mirror-misconfigured'],
  );
});

test('of the hosts that were asked in turn the last one decides', () => {
  const text =
    'INFO[0000] trying next host                              error="failed to do request: Head \\"https://mirror.example/v2/library/x/manifests/1?ns=docker.io\\": dial tcp 10.0.0.9:443: connect: connection refused" host=mirror.example\n' +
    'FATA[0001] failed to resolve reference "docker.io/library/x:1": docker.io/library/x:1: not found';
  assert.equal(read(text).code, 'manifest-not-found');
  assert.ok(alternatives(text).includes('mirror-misconfigured'));
});

test('of several events the last one decides, and the other is not forgotten', () => {
  const text =
    event('a.test/b:1', 'Get "https://a.test/v2/": dial tcp 10.0.0.1:443: connect: connection refused') +
    event('a.test/b:1', 'Get "https://a.test/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority');
  const reading = read(text);
  assert.deepEqual([reading.code, reading.confidence], ['tls-unknown-authority', 'likely']);
  assert.ok(alternatives(text).includes('connect-refused'));
});

test('the same failure twice is as sure as once', () => {
  const once = event('a.test/b:1', 'Get "https://a.test/v2/": dial tcp 10.0.0.1:443: connect: connection refused');
  assert.equal(read(once).confidence, 'certain');
  assert.equal(read(once + once).confidence, 'certain');
});

test("another image's event says nothing of this one", () => {
  const text =
    event('a.test/b:1', 'Get "https://a.test/v2/": dial tcp 10.0.0.1:443: connect: connection refused') +
    event('c.test/d:1', 'Get "https://c.test/v2/": dial tcp: lookup c.test: no such host');
  assert.deepEqual([read(text, 'a.test/b:1').code, read(text, 'a.test/b:1').confidence], ['connect-refused', 'certain']);
  assert.equal(read(text, 'c.test/d:1').code, 'dns-failure');
});

test('behind the retries stands the failure itself', () => {
  const failed = (cause: string) => `Error: initializing source docker://a.test/b:1: ${cause}`;
  const text =
    `Trying to pull a.test/b:1...\nWARN[0000] Failed, retrying in 1s ... (1/3). ${failed('Get "https://a.test/v2/": EOF')}\n` +
    `WARN[0001] Failed, retrying in 1s ... (2/3). ${failed('Get "https://a.test/v2/": EOF')}\n` +
    failed('reading manifest 1 in a.test/b: unauthorized: authentication required');
  assert.equal(read(text).code, 'auth-required');
  assert.ok(alternatives(text).includes('connection-dropped'));
});

test('the candidates of a short name are read one by one', () => {
  const text =
    'Error: 2 errors occurred while pulling:\n * initializing source docker://one.test/x:latest: reading manifest latest in one.test/x: manifest unknown\n' +
    ' * initializing source docker://two.test/x:latest: pinging container registry two.test: Get "https://two.test/v2/": dial tcp: lookup two.test: no such host';
  assert.deepEqual([read(text).code, read(text).confidence], ['dns-failure', 'likely']);
  assert.ok(alternatives(text).includes('manifest-not-found'));
});

test('the images of one run of Watchtower are read one by one', () => {
  const asked = (image: string, status: string) =>
    `Could not do a head request for "${image}", falling back to regular pull.\nReason: registry responded to head request with "${status}", auth: "not present"\n`;
  const text = asked('a.test/b:1', '404 Not Found') + asked('c.test/d:1', '429 Too Many Requests');
  assert.deepEqual([read(text).code, read(text).confidence], ['rate-limited', 'likely']);
  assert.notEqual(read(text, 'a.test/b:1').code, 'rate-limited');
});

test('a wrapper that says the same twice is one failure', () => {
  const text =
    'Failed to pull image "a.test/b:1": rpc error: code = Unknown desc = failed to pull image "a.test/b:1": failed to resolve reference "a.test/b:1": unexpected EOF';
  assert.equal(read(text).error.others, undefined);
});

test('an image whose name begins with that of this one is another', () => {
  const asked = (image: string, cause: string) =>
    `Could not do a head request for "${image}", falling back to regular pull. Reason: ${cause} `;
  const text = asked('r.test/app:10', 'dial tcp: lookup r.test: no such host') + asked('r.test/app:1', '401 Unauthorized');
  assert.equal(read(text, 'r.test/app:1').code, 'auth-required');
  assert.equal(read(text, 'r.test/app:10').code, 'dns-failure');
  const events =
    event('r.test/app:1', 'Get "https://r.test/v2/": dial tcp 10.0.0.1:443: connect: connection refused') +
    event('r.test/app:1-debug', 'received unexpected HTTP status: 503 Service Unavailable');
  assert.deepEqual([read(events, 'r.test/app:1').code, read(events, 'r.test/app:1').confidence], ['connect-refused', 'certain']);
  assert.equal(read(events, 'r.test/app:1-debug').code, 'registry-unavailable');
});

test('an image that is written short is found by its full name', () => {
  const text =
    event('docker.io/library/app:1', 'Get "https://registry-1.docker.io/v2/": dial tcp 10.0.0.1:443: connect: connection refused') +
    event('docker.io/library/app:10', 'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host');
  assert.equal(read(text, 'app:1').code, 'connect-refused');
  assert.equal(read(text, 'app:10').code, 'dns-failure');
});

test('what a registry says in the words of containers/image tells of no mirror', () => {
  const { error } = read(
    'reading manifest 1 in r.test/app: denied: (Mirrors also failed: [m.test/app:1: dial tcp 10.0.0.1:443: connect: connection refused]): no space left on device',
  );
  assert.equal(error.others, undefined);
});

test('attempts with several credentials, and what mirrors said before, are told of one text', () => {
  const text =
    '(Mirrors also failed: [m.test/app:1: pinging container registry m.test: Get "https://m.test/v2/": dial tcp 10.0.0.1:443: connect: connection refused]): ' +
    '[rpc error: code = Unknown desc = unauthorized: authentication required, rpc error: code = Unknown desc = denied: requested access to the resource is denied]';
  const { error } = read(text);
  assert.deepEqual([error.attempts?.length, error.others?.length], [2, 1]);
});
