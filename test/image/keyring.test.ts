import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { credentialName, matchingCredentials, nearestKey, type PullSecret } from '../../src/image/keyring.ts';
import { normalizeKey } from '../../src/image/registry-key.ts';

interface Vector {
  readonly key: string;
  readonly normalizedKey: string;
  readonly repo: string;
  readonly match: boolean;
}
const vectors: readonly Vector[] = JSON.parse(readFileSync(new URL('./fixtures/keyring_vectors.json', import.meta.url), 'utf8'));
const secret = (name: string, ...keys: string[]): PullSecret => ({
  name,
  entries: keys.map((key) => ({ key, user: `${name}-user`, password: 'p', ignored: [] })),
});

test('matches every vector as the kubelet does', () => {
  assert.ok(vectors.length >= 59);
  for (const { key, normalizedKey, repo, match } of vectors) {
    assert.equal(matchingCredentials([secret('s', key)], repo).length > 0, match, `${key} for ${repo}`);
    assert.equal(normalizeKey(key)?.text ?? 'invalid', normalizedKey.startsWith('<invalid') ? 'invalid' : normalizedKey, key);
  }
});

test('keys of all Secrets are tried from the longest down, equal ones in the order of the Secrets', () => {
  const secrets = [
    secret('a', 'quay.io', 'https://quay.io/'),
    secret('b', 'quay.io/org/app', 'quay.*'),
    secret('c', 'quay.io', 'quay.io/org'),
  ];
  const order = matchingCredentials(secrets, 'quay.io/org/app').map((credential) => `${credential.secret} ${credential.key}`);
  assert.deepEqual(order, ['b quay.io/org/app', 'c quay.io/org', 'a quay.io', 'a https://quay.io/', 'c quay.io', 'b quay.*']);
});

test('the Docker Hub key of old serves only where no other matches', () => {
  const both = [secret('a', 'https://index.docker.io/v1/'), secret('b', 'docker.io/team')];
  assert.deepEqual(
    matchingCredentials(both, 'docker.io/team/app').map((credential) => credential.secret),
    ['b'],
  );
  assert.deepEqual(
    matchingCredentials(both, 'docker.io/library/nginx').map((credential) => credential.secret),
    ['a'],
  );
});

test('where none matches, the nearest key and what it should be', () => {
  const near = (registry: string, ...keys: string[]) => nearestKey([secret('s', ...keys)], registry);
  assert.deepEqual(near('registry.example.com:5000', 'quay.io', 'https://registry.example.com/v2'), {
    secret: 's',
    key: 'https://registry.example.com/v2',
    shouldBe: 'registry.example.com:5000',
  });
  assert.deepEqual(near('docker.io', 'ghcr.io', 'registry-1.docker.io'), {
    secret: 's',
    key: 'registry-1.docker.io',
    shouldBe: 'https://index.docker.io/v1/',
  });
  assert.equal(near('docker.io'), null);
});

test('a name carries no password, and a hostile pattern ends', () => {
  const [credential] = matchingCredentials([secret('s', 'r.test')], 'r.test/app');
  assert.ok(credential);
  assert.ok(!('password' in credentialName(credential)));
  const started = performance.now();
  matchingCredentials([secret('s', `${'*a'.repeat(2000)}b`)], `${'a'.repeat(4000)}/x`);
  assert.ok(performance.now() - started < 2000);
});
