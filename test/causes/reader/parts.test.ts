import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PullError } from '../../../src/causes/reader/pull-error.ts';
import { isInformative, read } from '../../../src/causes/reader/read.ts';
import { readMessage } from '../../../src/causes/reader/read-message.ts';

const parts = (text: string, expected: Partial<PullError>, image?: string) => {
  const error = readMessage(text, image);
  for (const [key, value] of Object.entries(expected)) assert.deepEqual(error[key as keyof PullError], value, key);
};

test('containerd at the resolver', () => {
  parts(
    'rpc error: code = Unknown desc = failed to pull and unpack image "a.test/b/c:1": failed to resolve reference "a.test/b/c:1": unexpected status from HEAD request to https://a.test/v2/b/c/manifests/1: 403 Forbidden',
    {
      stage: 'resolve',
      runtime: 'containerd',
      image: 'a.test/b/c:1',
      request: { method: null, url: 'https://a.test/v2/b/c/manifests/1', host: 'a.test', mirrored: false },
      status: 403,
      grpcCode: 'Unknown',
      credentialSent: null,
      clause: 'unexpected status from HEAD request to ‹url›: 403 Forbidden',
    },
  );
});

test('the word of the token request tells whether a credential was sent', () => {
  const text = (kind: string) =>
    `failed to authorize: failed to fetch ${kind} token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aa%2Fb%3Apull&service=ghcr.io: 401 Unauthorized`;
  parts(text('oauth'), { stage: 'token', credentialSent: true, status: 401 });
  parts(text('anonymous'), { stage: 'token', credentialSent: false, status: 401 });
});

test('a request with the parameter ns went to a mirror', () => {
  const error = readMessage(
    'failed to do request: Head "https://mirror.test/v2/library/nginx/manifests/latest?ns=docker.io": dial tcp 10.0.0.1:443: i/o timeout',
  );
  assert.equal(error.request?.mirrored, true);
  assert.equal(error.request?.method, 'HEAD');
  const reading = read(error.raw);
  assert.equal(reading.code, 'mirror-misconfigured');
  assert.deepEqual(
    reading.alternatives.map(({ code }) => code),
    ['connect-timeout'],
  );
});

test('Docker Hub by its other name is no mirror', () => {
  parts('Head "https://registry-1.docker.io/v2/library/nginx/manifests/latest?ns=docker.io": EOF', { status: null }, 'nginx');
  assert.equal(read('Head "https://registry-1.docker.io/v2/library/nginx/manifests/latest?ns=docker.io": EOF').code, 'connection-dropped');
});

test('the query of a URL is not kept', () => {
  const url = readMessage('Get "https://cdn.test/blobs/x?X-Amz-Signature=secret&token=abc": EOF').request?.url;
  assert.equal(url, 'https://cdn.test/blobs/x?X-Amz-Signature=…&token=…');
});

test("the registry's own words, from text and from JSON", () => {
  assert.deepEqual(readMessage('reading manifest v1 in a.test/b: denied: the project is frozen').registryErrors, [
    { code: 'DENIED', message: 'the project is frozen' },
  ]);
  assert.deepEqual(
    readMessage('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"no such thing"}]}').registryErrors[0]?.code,
    'MANIFEST_UNKNOWN',
  );
});

test('each entry of an aggregate is read, and the one that got furthest decides', () => {
  const entry = (cause: string) => `failed to pull and unpack image "a.test/b:1": failed to resolve reference "a.test/b:1": ${cause}`;
  const reading = read(
    `[${entry('failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized')}, rpc error: code = NotFound desc = ${entry('a.test/b:1: not found')}]`,
  );
  assert.equal(reading.code, 'manifest-not-found');
  assert.equal(reading.error.attempts?.length, 2);
  assert.ok(reading.alternatives.some(({ code }) => code === 'auth-rejected'));
});

test('stages', () => {
  const stages: readonly (readonly [string, PullError['stage']])[] = [
    ['couldn\'t parse image name "X": invalid reference format', 'parse'],
    [
      'failed to copy: httpReadSeeker: failed open: unexpected status code https://a/v2/b/blobs/sha256:abcd: 500 Internal Server Error',
      'blob',
    ],
    ['error pulling image configuration: unexpected EOF', 'config'],
    ['failed to extract layer sha256:abcd: gzip: invalid header', 'unpack'],
    ['reading manifest v1 in a.test/b: manifest unknown', 'manifest'],
    ['Failed to inspect image "": rpc error: code = DeadlineExceeded desc = context deadline exceeded', 'inspect'],
    ['illegal base64 data at input byte 4', 'credentials'],
    ['exec /app: exec format error', 'create'],
  ];
  for (const [text, stage] of stages) assert.equal(readMessage(text).stage, stage, text);
});

test('a text that only says that it waits is not informative', () => {
  assert.equal(isInformative('Back-off pulling image "timeout-429:not-found"'), false);
  assert.equal(isInformative('Back-off pulling image "a": ErrImagePull: pull QPS exceeded'), true);
});

test('what nothing is known of is unknown', () => {
  const reading = read('the moon is full');
  assert.deepEqual([reading.code, reading.confidence], ['unknown', 'possible']);
  assert.equal(reading.error.raw, 'the moon is full');
});

test('what stands behind a colon is said, not named', () => {
  assert.equal(read('failed to pull image: Forbidden: access to this image is restricted').code, 'auth-forbidden');
});

test('progress of a pull is no failure, and a socket in a command is not one that fails', () => {
  const command = 'crictl -r unix:///run/containerd/containerd.sock pull a/b:1';
  assert.equal(read(`${command}\nFATA[0000] pulling image: toomanyrequests: slow down`).code, 'rate-limited');
  const podman =
    'Resolving "web" using unqualified-search registries (/etc/containers/registries.conf)\nTrying to pull docker.io/library/web:1...';
  assert.equal(read(`${podman}\nError: reading manifest 1 in docker.io/library/web: manifest unknown`).code, 'manifest-not-found');
  assert.equal(
    read(`aaaabbbbcccc: Already exists\nddddeeeeffff: Extracting [==>  ]  1.2MB/3.4MB\nno space left on device`).code,
    'disk-full',
  );
});

test('a token server that refuses a credential does not say whether it is wrong, expired or not yet known', () => {
  const { code, confidence } = read(
    'failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.example/token?service=x: 401 Unauthorized',
  );
  assert.deepEqual([code, confidence], ['auth-rejected', 'likely']);
});

test('a policy file inside a layer is no policy of the node', () => {
  const file = 'open /etc/containers/policy.json: permission denied';
  assert.equal(read(`failed to extract layer sha256:aaaaaaaaaaaa: mount callback failed on /tmp/x: ${file}`).code, 'unpack-failed');
  assert.equal(read(`unable to pull fedora: ${file}`).code, 'signature-rejected');
});

test('a field of a structured log is no part of an image', () => {
  const { image, request } = readMessage(
    'failed to redirect (host "ghcr.io", ref:"ghcr.io/team/app:v1"): failed to request: access with code 401',
  );
  assert.equal(image, null);
  assert.equal(request?.mirrored ?? false, false);
});

test('a snapshot that is not there when the container is made may never have been: an artifact has none', () => {
  const open = (text: string) => read(text).alternatives.map(({ code }) => code);
  const gone = 'parent snapshot sha256:bb does not exist: not found';
  assert.deepEqual(open(`failed to create containerd container: ${gone}`), ['unsupported-manifest', 'unpack-failed']);
  assert.deepEqual(open(`failed to pull and unpack image "x": failed to prepare extraction snapshot "extract-1 sha256:aa": ${gone}`), [
    'unpack-failed',
  ]);
});
