import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAttempt } from '../../../src/causes/registries/attempt.ts';
import { kindByAnswers, registryHabits } from '../../../src/causes/registries/habits.ts';
import type { RegistryKind } from '../../../src/causes/registries/profile.ts';
import type { Attempt, AttemptResult, Exchange } from '../../../src/values/evidence.ts';

function exchange(purpose: Exchange['purpose'], status: number, message = '', realm: string | null = null): Exchange {
  return {
    purpose,
    method: 'GET',
    url: 'https://registry.example/v2/',
    status,
    fault: null,
    challenge: realm === null ? null : { scheme: 'bearer', realm, error: null },
    errors: message === '' ? [] : [{ code: 'DENIED', message }],
    body: null,
    contentType: null,
    milliseconds: 1,
  };
}

function attempt(result: AttemptResult, authenticated: boolean | null, ...exchanges: Exchange[]): Attempt {
  return { credential: { secret: 's', key: 'registry.example', user: 'u' }, result, authenticated, exchanges };
}

const expired = 'Your authorization token has expired. Reauthenticate and try again.';
const cases: readonly (readonly [what: string, kind: RegistryKind, attempt: Attempt, expected: readonly string[]])[] = [
  ['a refused login', 'other', attempt('token-refused', false, exchange('token', 401)), ['auth-rejected']],
  ['401 to Basic', 'other', attempt('unauthorized', false, exchange('manifest', 401)), ['auth-rejected']],
  [
    'a good login without scope',
    'other',
    attempt('unauthorized', true, exchange('manifest', 401)),
    ['not-found-or-denied', 'auth-forbidden', 'repository-not-found'],
  ],
  ['the same on Azure', 'acr', attempt('unauthorized', true), ['auth-forbidden', 'repository-not-found']],
  ['403', 'other', attempt('forbidden', true, exchange('manifest', 403, 'denied')), ['auth-forbidden']],
  ['403 on Google', 'artifact-registry', attempt('forbidden', null, exchange('manifest', 403)), ['auth-forbidden', 'repository-not-found']],
  [
    '403 on GitHub of a login that is good',
    'ghcr',
    attempt('forbidden', true, exchange('manifest', 403)),
    ['auth-forbidden', 'repository-not-found'],
  ],
  [
    '403 on Amazon ECR in its words for an old token',
    'ecr',
    attempt('forbidden', null, exchange('manifest', 403, expired)),
    ['auth-expired'],
  ],
  [
    "403 for this workstation's address",
    'acr',
    attempt('forbidden', null, exchange('manifest', 403, "client with IP '1.2.3.4' is not allowed")),
    [],
  ],
  [
    '412, a policy',
    'other',
    attempt('forbidden', null, exchange('manifest', 412, 'current image with 3 vulnerabilities')),
    ['registry-policy-blocked'],
  ],
  [
    '403 with a page',
    'other',
    attempt('forbidden', true, { ...exchange('manifest', 403), body: '<html>Blocked</html>' }),
    ['auth-forbidden', 'registry-address-blocked'],
  ],
  ['401 to a login that was never sent', 'other', attempt('unauthorized', null), []],
  [
    '401 to Basic, and the login could not be checked',
    'other',
    attempt('unauthorized', null, exchange('manifest', 401)),
    ['auth-rejected', 'auth-forbidden'],
  ],
  [
    "a token of this minute that the registry's clock calls expired",
    'other',
    attempt('unauthorized', true, exchange('token', 200), exchange('manifest', 401, 'token is expired')),
    ['not-found-or-denied', 'auth-forbidden', 'repository-not-found'],
  ],
  ['403 without a word', 'other', attempt('forbidden', null, exchange('manifest', 403)), ['auth-forbidden', 'auth-rejected']],
  [
    'a quarantine',
    'other',
    attempt('forbidden', true, exchange('manifest', 403, 'Requested item is quarantined')),
    ['registry-policy-blocked', 'auth-forbidden'],
  ],
  ['for legal reasons', 'other', attempt('forbidden', true, exchange('manifest', 451)), ['registry-policy-blocked', 'auth-forbidden']],
  ['found', 'other', attempt('found', true), []],
  ['no answer', 'other', attempt('unreachable', null), []],
];

for (const [what, kind, made, expected] of cases) {
  test(`what it leaves open: ${what}`, () => assert.deepEqual(readAttempt(made, registryHabits(kind)), expected));
}

test('software is known by the token server that it names', () => {
  const kind = (realm: string) => kindByAnswers([attempt('unauthorized', null, exchange('manifest', 401, '', realm))]);
  assert.equal(kind('https://harbor.example/service/token'), 'harbor');
  assert.equal(kind('https://art.example/artifactory/api/docker/main/v2/token?…'), 'artifactory');
  assert.equal(kind('https://gitlab.example/jwt/auth'), 'gitlab');
  assert.equal(kind('https://auth.example/token'), null);
});
