import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suspectCredential, theCredential } from '../../src/causes/facts.ts';
import { conclude, verdictOf } from '../../src/causes/judge.ts';
import { read } from '../../src/causes/reader/read.ts';
import type { ImageView } from '../../src/causes/view.ts';
import type { AttemptResult, CredentialName } from '../../src/values/evidence.ts';
import { imageSpec, view } from './view-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const url = 'https://registry.example.com/v2/payment/manifests/v2.1.3';
const key = 'registry.example.com';
const old: CredentialName = { secret: 'old', key, user: 'robot$old' };
const reg: CredentialName = { secret: 'reg', key, user: 'robot$ci' };
const one = (status: string) =>
  `failed to pull and unpack image "${image}": failed to resolve image: unexpected status from HEAD request to ${url}: ${status}`;
const aggregate = (...statuses: readonly string[]) => ({ reading: read(`[${statuses.map(one).join(', ')}]`, image), spec: imageSpec() });

function tries(...names: readonly CredentialName[]): Partial<ImageView> {
  const secrets = names.map(({ secret: name, user }) => ({
    name,
    state: 'usable' as const,
    obstacle: null,
    type: null,
    fault: null,
    createdAt: null,
    changedAt: null,
    entries: [{ key, user, empty: false, expiresAt: null, remarks: [] }],
  }));
  return { secrets, credentials: { container: 'app', kind: 'container', tries: names, nearest: null } };
}

function asked(...results: readonly (readonly [AttemptResult, CredentialName | null, (boolean | null)?])[]): Partial<ImageView> {
  const attempts = results.map(([result, credential, authenticated = null]) => ({
    credential,
    result,
    authenticated,
    exchanges: [
      { purpose: 'manifest', status: result === 'forbidden' ? 403 : 401, errors: [], url, challenge: null, fault: null, body: null },
    ],
  }));
  const nothing = { tags: null, manifest: null, rateLimit: null, blob: null };
  return { registry: { container: 'app', kind: 'container', host: key, attempts: attempts as never, ...nothing } };
}

const verdict = (...parts: readonly Partial<ImageView>[]) => {
  const subject = view(Object.assign({}, ...parts));
  return verdictOf(subject, conclude(subject));
};

test('of several credentials it is the one that got furthest that is named, wherever it was heard', () => {
  const said = aggregate('401 Unauthorized', '403 Forbidden');
  for (const registry of [{}, asked(['unauthorized', old, false], ['forbidden', reg, true], ['unauthorized', null])]) {
    const { code, explanation, fixes } = verdict(said, tries(old, reg), registry);
    assert.equal(code, 'auth-forbidden');
    assert.match(explanation, /refuses user robot\$ci from secret reg access/);
    assert.match(fixes[0]?.title ?? '', /^give user robot\$ci from secret reg the right/);
  }
});

test('in the order of the Secrets, and only where each has its error', () => {
  const at = (subject: Partial<ImageView>) => suspectCredential(view(subject))?.secret ?? null;
  assert.equal(at({ ...aggregate('403 Forbidden', '401 Unauthorized'), ...tries(old, reg) }), 'old');
  const third: CredentialName = { secret: 'third', key, user: 'x' };
  const merged = view({ ...aggregate('401 Unauthorized', '403 Forbidden'), ...tries(old, reg, third) });
  assert.match(theCredential(merged) ?? '', /^any of the credentials from secret old, secret reg and secret third/);
});

test('where all were refused alike, the first; where one is good, none of them', () => {
  const refused = { reading: read(one('401 Unauthorized'), image), spec: imageSpec() };
  const subject = view({ ...refused, ...tries(old, reg), ...asked(['unauthorized', old, false], ['unauthorized', reg, false]) });
  assert.equal(suspectCredential(subject)?.secret, 'old');
});
