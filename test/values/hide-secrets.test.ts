import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from '../../src/causes/reader/read.ts';
import { createRedaction } from '../../src/registry/redaction.ts';
import type { Exchange } from '../../src/values/evidence.ts';
import { hideSecrets } from '../../src/values/hide-secrets.ts';
import { everyText } from '../causes/reader/every-text.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjaS1wdWxsZXIifQ.c2lnbmF0dXJl';
const dockerConfig = Buffer.from('{"auths":{"r.example.com":{"auth":"dTpodW50ZXIy"}}}').toString('base64');

test('a secret is hidden however a log writes it', () => {
  const lines = [
    'password=hunter2',
    'Password: hunter2, next',
    '"password":"hunter2"',
    String.raw`msg="got {\"password\":\"hunter2\"}"`,
    String.raw`msg="{\\\"password\\\": \\\"hunter2\\\"}"`,
    `{"password":"two words hunter2"}`,
    String.raw`{"password":"a\"hunter2"}`,
    '"password":"hunter2 that was cut off',
    "'password': 'hunter2'",
    ...[
      'access_token',
      'refresh_token',
      'identitytoken',
      'client_secret',
      'IdentityToken',
      'registry-token',
      'aws_secret_access_key',
      'apiKey',
    ].flatMap((key) => [`${key}=hunter2`, `{"${key}":"hunter2"}`, String.raw`{\"${key}\":\"hunter2\"}`]),
    '&AuthConfig{Username:ci,Password:hunter2,Auth:hunter2,ServerAddress:,IdentityToken:hunter2,}',
    'Authorization: hunter2',
    'Authorization: Bearer hunter2',
    'Authorization: Basic hunter2',
    'map[Authorization:[Basic hunter2]]',
    String.raw`{\"Authorization\":[\"hunter2\"]}`,
    'Authorization: Digest username="ci", response="hunter2"',
    'authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=hunter2',
    'X-Auth-Token: hunter2',
    'GET https://ci:hunter2@registry.example.com/v2/',
    'GET https://s3.example.com/x?X-Amz-Signature=hunter2',
  ];
  for (const line of lines) assert.doesNotMatch(hideSecrets(line), /hunter2/, line);
  for (const line of [jwt, `sent ${jwt} to it`, `"x":"${jwt}"`, `.dockerconfigjson: ${dockerConfig}`, `data ${dockerConfig}`])
    assert.doesNotMatch(hideSecrets(line), /eyJ|c2lnbmF0dXJl|9hdXRo/, line);
});

test('what says why a pull failed stays to be read', () => {
  const lines = [
    'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://auth.example.com/token: 403 Forbidden',
    'failed to authorize: failed to fetch oauth token: Post "https://auth.example.com/token": dial tcp: lookup auth.example.com: no such host',
    'unable to retrieve auth token: invalid username/password: unauthorized: incorrect username or password',
    'failed to pull registry.example.com/team/auth-token:v1 and shop/secret:v2',
    'authorization failed: no basic auth credentials',
    'www-authenticate: Bearer realm="https://auth.example.com/token",service="registry.example.com"',
    'Basic authentication is not supported',
    String.raw`Unable to retrieve pull secret err="secret \"regcred\" not found"`,
    'password="" token=',
    'Error: token: no such file or directory',
    'Failed to pull image "my-auth:1.2.3": rpc error',
    'pull access denied, repository does not exist or may require authorization: server message: invalid_token: authorization failed',
    'no token in bearer response: x509: invalid basic constraints',
    'HEAD https://m.example/v2/x?ns=docker.io: 403 Forbidden',
    'docker login --password-stdin',
  ];
  for (const line of lines) assert.equal(hideSecrets(line), line);
});

test('each part that may be secret is hidden by itself', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Get "https://bob:pw@r.example/v2/"', 'Get "https://…@r.example/v2/"'],
    ['https://s3.example/b?X-Amz-Signature=abc&X-Amz-Date=1: 403', 'https://s3.example/b?X-Amz-Signature=…&X-Amz-Date=…: 403'],
    ['https://m.example/v2/?ns=docker.io&token=x', 'https://m.example/v2/?ns=docker.io&token=…'],
    ['Authorization: Bearer abcdefgh1234', 'Authorization: Bearer …'],
    ['Basic dXNlcjpwYXNz', 'Basic …'],
    ['docker login --password=hunter2x', 'docker login --password=…'],
  ];
  for (const [text, open] of cases) assert.equal(hideSecrets(text), open);
});

test('every message that is known reads as it did, and hiding twice changes nothing', () => {
  const told = (text: string, image: string | undefined) => {
    const { code, confidence, alternatives, error } = read(text, image);
    return [code, confidence, ...alternatives.map((other) => other.code), error.status, error.request?.host, error.request?.mirrored];
  };
  for (const { text, image } of everyText) {
    const open = hideSecrets(text);
    assert.equal(hideSecrets(open), open);
    if (open !== text) assert.deepEqual(told(open, image), told(text, image), text);
  }
});

test('a hostile line takes no time', () => {
  const started = performance.now();
  for (const part of ['https://', 'password', '\\', 'token="', 'eyJ', 'Bearer ', 'auth:[', 'a'])
    hideSecrets(part.repeat(16_384 / part.length));
  assert.ok(performance.now() - started < 1000);
});

test('a secret that a server shows of its own accord stays out of the exchange', () => {
  const exchange = {
    purpose: 'manifest',
    method: 'GET',
    url: 'https://registry.example.com/v2/team/app/manifests/v1',
    status: 500,
    fault: null,
    challenge: null,
    errors: [{ code: 'UNKNOWN', message: 'upstream refused client_secret=hunter2' }],
    body: '{"password":"hunter2"}',
    contentType: 'application/json',
    milliseconds: 1,
  } as const satisfies Exchange;
  assert.doesNotMatch(JSON.stringify(createRedaction().cleanExchange(exchange)), /hunter2/);
});
