import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { conclude } from '../../../src/causes/judge.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { Finding, ImageView } from '../../../src/causes/view.ts';
import type { Attempt, AttemptResult, CredentialEntry, SecretFacts, SecretFault } from '../../../src/values/evidence.ts';
import { imageSpec, view } from '../view-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const denied: Partial<ImageView> = {
  reading: read(
    `failed to resolve reference "${image}": unexpected status from HEAD request to https://registry.example.com/v2/payment/manifests/v2.1.3: 401 Unauthorized`,
    image,
  ),
  spec: imageSpec(),
};

const user = (name: string, key = 'registry.example.com') => ({ secret: name, key, user: name });

function secret(name: string, over: Partial<SecretFacts> & { entry?: Partial<CredentialEntry> } = {}): SecretFacts {
  const { entry, ...rest } = over;
  const entries = [{ key: 'registry.example.com', user: name, empty: false, expiresAt: null, remarks: [], ...entry }];
  return { name, state: 'usable', obstacle: null, type: null, fault: null, createdAt: null, changedAt: null, entries, ...rest };
}

const faulty = (name: string, code: SecretFault) => secret(name, { state: 'faulty', fault: { code, detail: '' }, entries: [] });

function asked(...results: readonly (readonly [AttemptResult, Attempt['credential'], (boolean | null)?])[]): Partial<ImageView> {
  const attempts = results.map(([result, credential, authenticated = null]) => ({ credential, result, authenticated, exchanges: [] }));
  const nothing = { tags: null, manifest: null, rateLimit: null, blob: null };
  return { registry: { container: 'app', kind: 'container', host: 'registry.example.com', attempts, ...nothing } };
}

function sends(...secrets: readonly SecretFacts[]): Partial<ImageView> {
  const tries = secrets.flatMap(({ name, entries }) => entries.map(({ key, user }) => ({ secret: name, key, user })));
  return { secrets, credentials: { container: 'app', kind: 'container', tries, nearest: null } };
}

const said = (clause: string): Partial<ImageView> => ({
  reading: read(`failed to resolve reference "${image}": ${clause}`, image),
  readingSource: { step: 'events', source: 'event e1', at: '2026-11-20T09:00:00Z' },
  spec: imageSpec(),
});
const empty = secret('empty', { entry: { empty: true } });
const closed = secret('closed', { state: 'unreadable', entries: [] });
const fresh = secret('ci', { createdAt: '2026-11-20T09:30:00Z', changedAt: '2026-11-20T09:30:00Z' });
const noneSent = said(
  'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
);

type Expected = readonly [code: Finding['code'], confidence: Finding['confidence'], ...alternatives: string[]];
const cases: readonly (readonly [what: string, evidence: Partial<ImageView>, expected: Expected])[] = [
  [
    'a Secret that does not decode stops the kubelet before any registry is asked',
    { ...denied, ...sends(secret('good'), faulty('bad', 'bad-base64')) },
    ['pull-secret-malformed', 'likely', 'auth-required'],
  ],
  [
    'the one credential that is known is refused, and another Secret may not be read',
    {
      ...denied,
      ...sends(secret('bad'), secret('closed', { state: 'unreadable', entries: [] })),
      ...asked(['unauthorized', user('bad'), false]),
    },
    ['auth-rejected', 'likely'],
  ],
  [
    'a Secret of the wrong type is passed over',
    { ...denied, ...sends(secret('good'), faulty('bad', 'wrong-type')) },
    ['auth-rejected', 'likely', 'auth-forbidden'],
  ],
  [
    'an Amazon password older than twelve hours, by the age of its Secret',
    {
      ...denied,
      ...sends(
        secret('ecr', { changedAt: '2026-11-19T10:00:00Z', entry: { key: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', user: 'AWS' } }),
      ),
    },
    ['auth-expired', 'likely', 'auth-rejected'],
  ],
  [
    'the same where the registry refuses it as well',
    {
      ...denied,
      ...sends(
        secret('ecr', { changedAt: '2026-11-19T10:00:00Z', entry: { key: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', user: 'AWS' } }),
      ),
      ...asked(['unauthorized', user('ecr'), false]),
    },
    ['auth-expired', 'likely', 'auth-rejected'],
  ],
  [
    'an Amazon password of this morning',
    {
      ...denied,
      ...sends(
        secret('ecr', { changedAt: '2026-11-20T09:00:00Z', entry: { key: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', user: 'AWS' } }),
      ),
      ...asked(['unauthorized', user('ecr'), false]),
    },
    ['auth-rejected', 'certain'],
  ],
  [
    'a login that is good, and gets no scope',
    { ...denied, ...sends(secret('ci')), ...asked(['unauthorized', user('ci'), true], ['unauthorized', null]) },
    ['not-found-or-denied', 'likely', 'auth-forbidden', 'repository-not-found'],
  ],
  [
    'of two credentials, one refused and one without the right: the one that got further counts',
    { ...denied, ...sends(secret('a'), secret('b')), ...asked(['token-refused', user('a'), false], ['forbidden', user('b'), true]) },
    ['auth-forbidden', 'likely', 'auth-rejected'],
  ],
  [
    'a refused credential for a public image',
    { ...denied, ...sends(secret('ci')), ...asked(['token-refused', user('ci'), false], ['found', null]) },
    ['auth-rejected', 'certain'],
  ],
  ['an empty entry', { ...denied, ...sends(empty) }, ['pull-secret-malformed', 'certain']],
  ['an empty entry, and another Secret may not be read', { ...denied, ...sends(empty, closed) }, ['pull-secret-malformed', 'likely']],
  [
    "an empty entry, and the node's own credential was sent and refused",
    {
      ...said(
        'authorization failed: failed to fetch oauth token: unexpected status from GET request to https://auth.example.com/token: 401 Unauthorized: incorrect username or password',
      ),
      ...sends(empty),
    },
    ['auth-rejected', 'likely', 'auth-expired'],
  ],
  [
    'an old word of expiry, and the Secret that was put in its place is refused',
    {
      ...said(
        'unexpected status from HEAD request to https://registry.example.com/v2/payment/manifests/v2.1.3: 403 Forbidden: token has expired',
      ),
      ...sends(fresh),
      ...asked(['unauthorized', user('ci'), false]),
    },
    ['auth-rejected', 'certain'],
  ],
];

for (const [what, evidence, [code, confidence, ...alternatives]] of cases) {
  test(what, () => {
    const finding = conclude(view(evidence));
    assert.deepEqual(
      [finding.code, finding.confidence, ...finding.alternatives.map((one) => one.code)],
      [code, confidence, ...alternatives],
    );
  });
}

test('a Secret that was made after the denial has not been refused', () => {
  for (const [more, expected] of [
    [{}, 'wait'],
    [asked(['found', user('ci')], ['unauthorized', null]), 'now'],
  ] as const) {
    const subject = view({ ...noneSent, ...sends(fresh), ...more });
    const { code, confidence, retry } = conclude(subject);
    assert.deepEqual([code, confidence, retry], ['auth-required', 'likely', expected]);
    assert.match(
      catalogue[code].explanation(subject),
      /before secret ci was as it is now, since 2026-11-20T09:30:00Z: no pull has used it yet/,
    );
  }
});

test('nor one of which the runtime says that it sent none', () => {
  const old = secret('ci', { createdAt: '2026-11-20T08:00:00Z' });
  const subject = view({ ...noneSent, ...sends(old), ...asked(['found', user('ci')], ['unauthorized', null]) });
  assert.equal(conclude(subject).code, 'auth-required');
  assert.match(catalogue['auth-required'].explanation(subject), /the runtime had no credential: it has not used secret ci yet/);
});
