import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import type { SecretFacts } from '../../../src/values/evidence.ts';
import { imageSpec, view } from '../view-builder.ts';

const secret = (overrides: Partial<SecretFacts>): SecretFacts => ({
  name: 'regcred',
  state: 'usable',
  obstacle: null,
  type: 'kubernetes.io/dockerconfigjson',
  fault: null,
  createdAt: null,
  changedAt: null,
  entries: [],
  ...overrides,
});

const unreadable = secret({ state: 'unreadable', type: null, obstacle: { kind: 'forbidden', message: 'no', permission: 'get secrets' } });
const nothingSent = { container: 'app', kind: 'container', tries: [], nearest: null } as const;

test('of a pull secret that may not be read, nothing is said but that', () => {
  const subject = view({ spec: imageSpec(), secrets: [unreadable], credentials: nothingSent });
  for (const code of ['auth-required', 'not-found-or-denied', 'pull-secret-wrong-registry'] as const) {
    const text = catalogue[code].explanation(subject);
    assert.match(text, /Secret regcred could not be read, so it is not known whether it holds a credential for it\./, code);
    assert.doesNotMatch(text, /[Nn]o(?:ne)? (?:of its )?pull secrets?(?: of the pod)? ha(?:s|ve)/, code);
  }
});

test('of pull secrets that were read, it is said that they hold none', () => {
  const subject = view({ spec: imageSpec(), secrets: [secret({})], credentials: nothingSent });
  assert.match(catalogue['auth-required'].explanation(subject), /None of its pull secrets has a credential for it\./);
});

test('a misspelt pull secret: the one that was meant comes first', () => {
  const missing = secret({
    state: 'missing',
    type: null,
    obstacle: { kind: 'not-found', message: 'no' },
    near: [{ name: 'regcred', fits: true }],
    name: 'regcerd',
  });
  const subject = view({
    spec: imageSpec(),
    secrets: [missing],
    credentials: nothingSent,
    pod: { ...view().pod, owner: { kind: 'Deployment', name: 'web' } },
  });
  const [first, second] = catalogue['pull-secret-missing'].fixes(subject);
  assert.equal(first?.title, 'use secret regcred, which is here and has an entry for this registry');
  assert.deepEqual(first?.commands, [
    `kubectl -n shop patch deployment/web -p '{"spec":{"template":{"spec":{"imagePullSecrets":[{"$patch":"delete","name":"regcerd"},{"name":"regcred"}]}}}}'`,
  ]);
  assert.match(second?.title ?? '', /^or create the secret/);
  assert.match(catalogue['pull-secret-missing'].explanation(subject), /There is one of the name regcred\./);
});

test('a secret of a like name for another registry is no answer', () => {
  const missing = secret({ state: 'missing', type: null, near: [{ name: 'regcred', fits: false }], name: 'regcerd' });
  const subject = view({ spec: imageSpec(), secrets: [missing], credentials: nothingSent });
  assert.match(catalogue['pull-secret-missing'].fixes(subject)[0]?.title ?? '', /^create the secret/);
});

test('a pull secret that may not be read is looked at first, and no other is made beside it', () => {
  const one = view({ spec: imageSpec(), secrets: [unreadable], credentials: nothingSent });
  for (const code of ['auth-required', 'auth-rejected', 'auth-forbidden', 'not-found-or-denied', 'pull-secret-wrong-registry'] as const) {
    const fixes = catalogue[code].fixes(one).filter(({ title }) => /secret/.test(title));
    assert.match(fixes[0]?.title ?? '', /have somebody who may read secret regcred ask again/, code);
    assert.deepEqual(fixes[0]?.commands, ['kubectl imagepull why payment-7d4b8c6f9b-xyz12 -n shop']);
    assert.match(fixes[1]?.title ?? '', /^if it holds no good login .*make secret regcred anew/, code);
    assert.match(fixes[1]?.commands[0] ?? '', /create secret docker-registry regcred .* replace -f -$/);
    assert.doesNotMatch(fixes.flatMap(({ commands }) => commands).join(), /registry-example-com-pull/);
  }
  const several = view({ spec: imageSpec(), secrets: [unreadable, { ...unreadable, name: 'other' }], credentials: nothingSent });
  const titles = catalogue['auth-required'].fixes(several).map(({ title }) => title);
  assert.match(titles[0] ?? '', /who may read secrets regcred and other ask/);
  assert.match(titles[1] ?? '', /^or give the pod a pull secret/);
  const late = { ...unreadable, obstacle: { kind: 'timeout', message: '' } as const };
  const [first] = catalogue['auth-required'].fixes(view({ spec: imageSpec(), secrets: [late], credentials: nothingSent }));
  assert.match(first?.title ?? '', /^ask again: secret regcred could not be read/);
});
