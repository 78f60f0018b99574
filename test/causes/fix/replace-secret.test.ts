import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { forecastPull } from '../../../src/causes/forecast/pull.ts';
import { conclude } from '../../../src/causes/judge.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { SecretFacts } from '../../../src/values/evidence.ts';
import { imageSpec, view } from '../view-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const none = { obstacle: null, fault: null, createdAt: null, changedAt: null };
const usable = (over: Partial<SecretFacts> = {}): SecretFacts => ({
  name: 'reg',
  state: 'usable',
  type: 'kubernetes.io/dockerconfigjson',
  ...none,
  entries: [{ key: 'registry.example.com', user: 'ci', empty: false, expiresAt: null, remarks: [] }],
  ...over,
});
const tries = [{ secret: 'reg', key: 'registry.example.com', user: 'ci' }];
const pod = (secret: SecretFacts, more: Partial<ImageView> = {}): ImageView =>
  view({ spec: imageSpec(), secrets: [secret], credentials: { container: 'app', kind: 'container', tries, nearest: null }, ...more });
const commands = (subject: ImageView, code: 'auth-rejected' | 'pull-secret-malformed') =>
  catalogue[code].fixes(subject).flatMap((fix) => [fix.title, ...fix.commands]);

test('a Secret of the legacy type is deleted first: the type of a Secret cannot be changed', () => {
  for (const subject of [
    pod(usable({ type: 'kubernetes.io/dockercfg' })),
    pod(usable({ type: 'kubernetes.io/dockercfg', state: 'faulty', fault: { code: 'no-entries', detail: '' }, entries: [] })),
  ]) {
    const code = subject.secrets[0]?.state === 'faulty' ? 'pull-secret-malformed' : 'auth-rejected';
    assert.equal(commands(subject, code)[1], 'kubectl -n shop delete secret reg');
    assert.doesNotMatch(commands(subject, code).join('\n'), /replace -f -/);
    assert.match(commands(subject, code)[0] ?? '', /; this deletes it first, with all that it holds, so see that nothing else uses it$/);
  }
  assert.doesNotMatch(commands(pod(usable()), 'auth-rejected').join('\n'), /deletes it/);
  assert.match(commands(pod(usable()), 'auth-rejected').join('\n'), /replace -f -/);
});

const unsendable = usable({ entries: [{ key: 'registry.example.com', user: 'ci', empty: false, expiresAt: null, remarks: ['not-utf8'] }] });
const marshal = 'rpc error: code = Internal desc = grpc: error while marshaling: string field contains invalid UTF-8';

test('a login that is not UTF-8: gRPC says so, and the Secret shows it', () => {
  const said = { reading: read(marshal, image) };
  const shown = conclude(pod(unsendable, said));
  assert.deepEqual([shown.code, shown.confidence, shown.alternatives.length], ['pull-secret-malformed', 'certain', 0]);
  const told = catalogue['pull-secret-malformed'].explanation(pod(unsendable, said));
  assert.match(told, /entry registry\.example\.com of pull secret reg .* not UTF-8.* no registry/);
  const hidden = conclude(pod(usable({ state: 'unreadable', entries: [] }), said));
  assert.deepEqual([hidden.code, hidden.confidence], ['pull-secret-malformed', 'likely']);
  assert.match(catalogue['pull-secret-malformed'].explanation(view({ ...said, spec: imageSpec() })), /not UTF-8/);
});

test('and it is foretold', () => {
  assert.equal(forecastPull(pod(unsendable), { nodes: [], cut: false }).finding?.code, 'pull-secret-malformed');
  assert.equal(forecastPull(pod(usable()), { nodes: [], cut: false }).finding, null);
});
