import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foresee } from '../../src/causes/foresee.ts';
import type { ImageView } from '../../src/causes/view.ts';
import type { Attempt, AttemptResult, Exchange, ImageRegistryFacts, SecretFacts } from '../../src/values/evidence.ts';
import { imageSpec, view } from './view-builder.ts';

const user = { secret: 'regcred', key: 'registry.example.com', user: 'ci' };
const nodes = [{ name: 'n1', platform: { os: 'linux', architecture: 'amd64' } }];

function attempt(
  result: AttemptResult,
  credential: Attempt['credential'] = null,
  authenticated: boolean | null = null,
  token?: number,
): Attempt {
  const exchange = { purpose: 'token', status: token, errors: [], challenge: null } as unknown as Exchange;
  return { credential, result, authenticated, exchanges: token === undefined ? [] : [exchange] };
}

function asked(attempts: readonly Attempt[], over: Partial<ImageRegistryFacts> = {}, more: Partial<ImageView> = {}): ImageView {
  const facts = {
    container: 'app',
    kind: 'container',
    host: 'registry.example.com',
    attempts,
    tags: null,
    manifest: null,
    rateLimit: null,
    blob: null,
  } as const;
  const tries = attempts.flatMap(({ credential }) => credential ?? []);
  return view({
    spec: imageSpec(),
    registry: { ...facts, ...over },
    credentials: { container: 'app', kind: 'container', tries, nearest: null },
    secrets: tries.length === 0 ? [] : [usable],
    ...more,
  });
}

const entries = [{ key: user.key, user: 'ci', empty: false, expiresAt: null, remarks: [] }];
const usable: SecretFacts = {
  name: 'regcred',
  state: 'usable',
  obstacle: null,
  type: null,
  fault: null,
  createdAt: null,
  changedAt: null,
  entries,
};
const unreadable: SecretFacts = { ...usable, state: 'unreadable', entries: [] };
const manifest = { mediaType: '', digest: null, platforms: [{ os: 'linux', architecture: 'arm64' }], configMediaType: null, size: null };

const cases: readonly (readonly [what: string, view: ImageView, expected: readonly (string | undefined)[]])[] = [
  ['anyone may read it', asked([attempt('found')]), ['ok', undefined, undefined]],
  [
    'the second credential may',
    asked([attempt('unauthorized', user, false), attempt('found', user), attempt('unauthorized')]),
    ['ok', undefined, undefined],
  ],
  ['the tag is missing', asked([attempt('manifest-unknown')]), ['problem', 'manifest-not-found', 'certain']],
  ['a wrong password', asked([attempt('token-refused', user, false), attempt('found')]), ['problem', 'auth-rejected', 'certain']],
  ['no secret, Basic', asked([attempt('unauthorized')]), ['problem', 'auth-required', 'likely']],
  ['no secret, an empty token', asked([attempt('unauthorized', null, null, 200)]), ['problem', 'not-found-or-denied', 'likely']],
  [
    'a Secret for another registry',
    asked([attempt('unauthorized')], {}, { secrets: [usable] }),
    ['problem', 'pull-secret-wrong-registry', 'likely'],
  ],
  [
    'a Secret that may not be read here may serve there',
    asked([attempt('unauthorized')], {}, { secrets: [unreadable] }),
    ['unknown', undefined, undefined],
  ],
  ['a limit of this workstation', asked([attempt('rate-limited')]), ['unknown', undefined, undefined]],
  ['no answer', asked([attempt('unreachable')]), ['unknown', undefined, undefined]],
  ['for other nodes', asked([attempt('found')], { manifest }), ['problem', 'platform-mismatch', 'certain']],
];

for (const [what, made, expected] of cases) {
  test(`foreseen: ${what}`, () => {
    const { result, finding } = foresee(made, nodes);
    assert.deepEqual([result, finding?.code, finding?.confidence], expected);
  });
}
