import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classifyAddress, mayPointTo } from '../../src/registry/address.ts';
import { chooseChallenge, parseChallenges } from '../../src/registry/challenge.ts';
import { classifyFault } from '../../src/registry/connection-fault.ts';
import { parseErrors, snippet } from '../../src/registry/error-body.ts';
import { nearestTags, newestTag } from '../../src/registry/nearest-tags.ts';
import { readRateLimit } from '../../src/registry/rate-limit.ts';
import { judgeRealm } from '../../src/registry/realm.ts';

test('challenges are parsed with their quotes, several in a line', () => {
  assert.deepEqual(
    parseChallenges('Bearer realm="https://a.test/token",service="s, with \\"quotes\\"",scope="repository:a/b:pull", Basic realm=plain'),
    [
      { scheme: 'bearer', parameters: { realm: 'https://a.test/token', service: 's, with "quotes"', scope: 'repository:a/b:pull' } },
      { scheme: 'basic', parameters: { realm: 'plain' } },
    ],
  );
  assert.deepEqual(parseChallenges('Negotiate, NTLM TlRMTVNTUAAC==, BASIC Realm = "x"'), [
    { scheme: 'negotiate', parameters: {} },
    { scheme: 'ntlm', parameters: {} },
    { scheme: 'basic', parameters: { realm: 'x' } },
  ]);
  assert.equal(chooseChallenge('Basic realm="x", Bearer realm="y"')?.scheme, 'bearer');
  assert.equal(chooseChallenge('Negotiate'), null);
  assert.equal(chooseChallenge(undefined), null);
});

test('any header ends in a list', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z ,="\\]{0,200}$/)), (header) => parseChallenges(header).length <= 10),
  );
});

test('a realm has standing on its registry’s own site, and where it is known', () => {
  const standing = (realm: string, registry: string) => {
    const verdict = judgeRealm(realm, registry);
    return 'standing' in verdict && verdict.standing;
  };
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['https://auth.docker.io/token', 'registry-1.docker.io', true],
    ['https://gitlab.com/jwt/auth', 'registry.gitlab.com', true],
    ['https://ghcr.io/token', 'ghcr.io', true],
    ['https://registry.test:5007/token', 'registry.test', true],
    ['https://sso.redhat.com/auth', 'registry.redhat.io', true],
    ['https://evil.azurecr.io/token', 'mine.azurecr.io', false],
    ['https://evil.com/token', 'registry.com', false],
    ['https://evil.co.uk/token', 'registry.co.uk', false],
    ['https://bucket.s3.amazonaws.com/', '1.dkr.ecr.eu-west-1.amazonaws.com', false],
    ['https://auth.docker.io.evil.test/', 'registry-1.docker.io', false],
    ['https://auth.docker.io/token', 'registry.evil.test', false],
    ['https://10.0.0.2/token', '10.0.0.1', false],
    ['https://10.0.0.1:5001/token', '10.0.0.1', true],
  ];
  for (const [realm, registry, expected] of cases) assert.equal(standing(realm, registry), expected, `${realm} of ${registry}`);
});

test('addresses inside are told from those outside', () => {
  assert.deepEqual(
    [
      '8.8.8.8',
      '10.1.2.3',
      '172.31.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '168.63.129.16',
      '::1',
      'fe80::1',
      'fd00:ec2::254',
      'fc00::1',
      '::ffff:169.254.169.254',
      '2001:db8::1',
      '0.0.0.0',
    ].map(classifyAddress),
    [
      'public',
      'private',
      'private',
      'loopback',
      'link-local',
      'link-local',
      'loopback',
      'link-local',
      'link-local',
      'private',
      'link-local',
      'public',
      'loopback',
    ],
  );
  assert.equal(mayPointTo('10.0.0.1', 'public'), false);
  assert.equal(mayPointTo('10.0.0.1', 'private'), true);
  assert.equal(mayPointTo('127.0.0.1', 'private'), false);
  assert.equal(mayPointTo('169.254.169.254', 'private'), false);
});

test('faults are named by their layer', () => {
  const named = (error: unknown, phase: 'dns' | 'connect' | 'tls' | 'http', viaProxy = false) => {
    const { layer, code } = classifyFault(error, phase, viaProxy);
    return `${layer}/${code}`;
  };
  assert.equal(named({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'dns'), 'dns/not-found');
  assert.equal(named({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, 'dns'), 'dns/timeout');
  assert.equal(named({ code: '', errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] }, 'connect'), 'connect/refused');
  assert.equal(named({ code: 'EHOSTUNREACH' }, 'connect'), 'connect/no-route');
  assert.equal(named({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'tls'), 'tls/unknown-authority');
  assert.equal(named({ code: 'CERT_NOT_YET_VALID' }, 'tls'), 'tls/expired');
  assert.equal(named({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'tls'), 'tls/handshake');
  assert.equal(named({ code: 'ECONNRESET' }, 'tls'), 'tls/reset');
  assert.equal(named({ code: 'ECONNRESET' }, 'http'), 'http/reset');
  assert.equal(named({ code: 'ECONNREFUSED' }, 'connect', true), 'proxy/refused');
  assert.equal(named({ code: 'HPE_INVALID_CONSTANT' }, 'http'), 'http/bad-response');
});

test('bodies of registries and token servers', () => {
  assert.deepEqual(parseErrors('{"errors":[{"code":"DENIED","message":"no"}]}'), [{ code: 'DENIED', message: 'no' }]);
  assert.deepEqual(parseErrors('{"details":"incorrect username or password"}'), [{ code: '', message: 'incorrect username or password' }]);
  assert.deepEqual(parseErrors('{"errors":[null,5]}'), [
    { code: '', message: '' },
    { code: '', message: '' },
  ]);
  assert.equal(parseErrors('<html>'), null);
  assert.equal(snippet(`<html>\n${'x'.repeat(500)}`)?.length, 200);
  assert.equal(snippet('{"a":1}'), null);
});

test('quotas and waiting times', () => {
  assert.deepEqual(readRateLimit({ 'retry-after': '3600' }, 0), {
    limit: null,
    remaining: null,
    windowSeconds: null,
    source: null,
    retryAfterSeconds: 3600,
  });
  assert.equal(readRateLimit({ 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' }, 0)?.retryAfterSeconds, 60);
  assert.equal(readRateLimit({ 'retry-after': 'soon' }, 0)?.retryAfterSeconds, null);
  assert.equal(readRateLimit({}, 0), null);
});

test('tags that may have been meant', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['v2.1.3', ['v1.0.0', 'v2.1.0', 'v2.1.1', 'v2.1.2', 'latest'], ['v2.1.2', 'v2.1.1', 'v2.1.0']],
    ['1.27', ['v1.27', '1.27.0', '1.27.10', '1.27.9', '1.26.0'], ['v1.27', '1.27.10', '1.27.9']],
    ['V1.0', ['v1.0', '1.0', '2.0'], ['v1.0', '1.0', '2.0']],
    ['1-27-3', ['1.27.3', '1.27.4'], ['1.27.3']],
    ['1.27.3', ['1.27.3-alpine', '1.27.3-rc.1', '1.20.0'], ['1.27.3-rc.1', '1.27.3-alpine', '1.20.0']],
    ['sha-1a2b3c4', ['sha-1a2b3c4d5e6f', 'sha-9999999'], ['sha-1a2b3c4d5e6f']],
    ['lates', ['latest', 'stable', `sha256-${'a'.repeat(64)}.sig`], ['latest']],
    ['nosuch', ['1', 'production'], []],
  ];
  for (const [wanted, tags, expected] of cases) assert.deepEqual(nearestTags(wanted, tags), expected, wanted);
  assert.equal(newestTag(['v1.9.0', 'v1.10.0', 'v2.0.0-rc.1', 'latest']), 'v1.10.0');
  assert.equal(newestTag(['1.0.0-alpine', '1.1.0-alpine']), '1.1.0-alpine');
  assert.equal(newestTag(['main', 'latest']), 'latest');
  assert.equal(newestTag(['main']), null);
  assert.equal(newestTag([]), null);
});
