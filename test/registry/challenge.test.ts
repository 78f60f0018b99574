import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chooseChallenge, parseChallenges } from '../../src/registry/challenge.ts';

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
