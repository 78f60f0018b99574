import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentialEntry, expiryInPassword } from '../../src/image/credential-facts.ts';

const entry = (key: string, user: string, password: string) => ({ key, user, password, ignored: [] });
const base64 = (value: unknown, encoding: 'base64' | 'base64url') => Buffer.from(JSON.stringify(value)).toString(encoding);
const jwt = (claims: unknown) => `${base64({ alg: 'none' }, 'base64url')}.${base64(claims, 'base64url')}.c2ln`;

test('a token tells its own end', () => {
  assert.equal(expiryInPassword(jwt({ exp: 1_700_000_000 })), '2023-11-14T22:13:20.000Z');
  assert.equal(
    expiryInPassword(base64({ payload: 'x', datakey: 'y', version: '2', type: 'DATA_KEY', expiration: 1_700_000_000 }, 'base64')),
    '2023-11-14T22:13:20.000Z',
  );
});

test('and anything else tells none', () => {
  for (const password of [
    '',
    'secret',
    'a.b.c',
    'eyJ.eyJ.x',
    jwt({ exp: 'soon' }),
    jwt({ exp: 5 }),
    jwt(null),
    base64({ expiration: 1_700_000_000 }, 'base64'),
  ]) {
    assert.equal(expiryInPassword(password), null, password);
  }
});

test('peculiarities that break logins are remarked', () => {
  const remarks = (key: string, user: string, password: string) => credentialEntry(entry(key, user, password)).remarks;
  assert.deepEqual(remarks('r.test', 'u', 'p\n'), ['password-ends-in-newline']);
  assert.deepEqual(remarks('r.test', 'u', ''), ['password-missing']);
  assert.deepEqual(remarks('1.dkr.ecr.eu-west-1.amazonaws.com', 'AWS', 'x'), ['short-lived-token']);
  assert.deepEqual(remarks('https://eu.gcr.io', 'oauth2accesstoken', 'x'), ['short-lived-token']);
  assert.deepEqual(remarks('de.icr.io', 'iambearer', 'x'), ['short-lived-token']);
  assert.deepEqual(remarks('team.azurecr.io', '00000000-0000-0000-0000-000000000000', 'x'), ['short-lived-token']);
  assert.deepEqual(remarks('ghcr.io', 'me', 'ghs_x'), ['short-lived-token']);
  assert.deepEqual(remarks('registry.secret.example.com', 'AWS', 'x'), []);
  assert.deepEqual(remarks('ghcr.io', 'me', 'github_pat_x'), ['fine-grained-token-unsupported']);
  assert.deepEqual(remarks('https://index.docker.io/v1/', 'me@example.com', 'x'), ['user-is-email']);
  assert.deepEqual(remarks(' r.test', 'u', 'p'), ['key-ignored']);
  assert.deepEqual(remarks('r.test', 'u', 'p'), []);
});

test('the password stays behind', () => {
  assert.ok(!JSON.stringify(credentialEntry(entry('r.test', 'u', 's3cret'))).includes('s3cret'));
  assert.equal(credentialEntry(entry('r.test', '', '')).empty, true);
});

test('a login inside a key is not shown', () => {
  assert.equal(credentialEntry(entry('https://joe:hunter2@reg.example.com/v2/', 'u', 'p')).key, 'https://…@reg.example.com/v2/');
  assert.equal(credentialEntry(entry('joe:hunter2@reg.example.com', 'u', 'p')).key, '…@reg.example.com');
  assert.equal(credentialEntry(entry('reg.example.com/team@x', 'u', 'p')).key, 'reg.example.com/team@x');
});
