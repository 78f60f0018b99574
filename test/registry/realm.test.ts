import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeRealm } from '../../src/registry/realm.ts';

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
    ['https://evil-x.a.run.app/token', 'mine-x.a.run.app', false],
    ['https://evil.lambda-url.us-east-1.on.aws/token', 'm.lambda-url.us-east-1.on.aws', false],
    ['https://evil.eastus.azurecontainerapps.io/token', 'mine.eastus.azurecontainerapps.io', false],
    ['https://evil.10.0.0.1.nip.io/token', 'mine.10.0.0.1.nip.io', false],
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
