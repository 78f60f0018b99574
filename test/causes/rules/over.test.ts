import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude, verdictOf } from '../../../src/causes/judge.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { AttemptResult, CredentialName, ImageRegistryFacts, SecretFacts } from '../../../src/values/evidence.ts';
import { evidence, imageSpec, view } from '../view-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const host = 'registry.example.com';
const at = '2026-11-20T09:00:00Z';
const said = (clause: string): Partial<ImageView> => ({
  reading: read(`failed to pull and unpack image "${image}": ${clause}`, image),
  readingSource: { step: 'events', source: 'event e1', at },
  spec: imageSpec(),
});
const refused = said(
  'failed to resolve image: unexpected status from HEAD request to https://registry.example.com/v2/payment/manifests/v2.1.3: 401 Unauthorized',
);
const absent = said(`failed to resolve image: ${image}: not found`);
const stored = said(
  'failed to copy: httpReadSeeker: failed open: unexpected status from GET request to https://registry.example.com/s3?X-Amz-Signature=abc&X-Amz-Expires=1200: 403 Forbidden',
);

const puller: CredentialName = { secret: 'reg', key: host, user: 'puller' };
const entry = { key: host, user: 'puller', empty: false, expiresAt: null, remarks: [] };
const secret = (changedAt: string): SecretFacts => ({
  name: 'reg',
  state: 'usable',
  obstacle: null,
  type: null,
  fault: null,
  createdAt: changedAt,
  changedAt,
  entries: [entry],
});
const sends = (changedAt: string): Partial<ImageView> => ({
  secrets: [secret(changedAt)],
  credentials: { container: 'app', kind: 'container', tries: [puller], nearest: null },
});
const later = sends('2026-11-20T09:30:00Z');
const sendsNone: Partial<ImageView> = { credentials: { container: 'app', kind: 'container', tries: [], nearest: null } };

type Blob = NonNullable<ImageRegistryFacts['blob']>;
const good: Blob = { host, status: 206, fault: null, digest: 'sha256:a' };

function asked(
  results: readonly (readonly [AttemptResult, CredentialName | null])[],
  blob: Blob | null = good,
  platform = 'amd64',
): Partial<ImageView> {
  const attempts = results.map(([result, credential]) => ({ credential, result, authenticated: null, exchanges: [] }));
  const manifest = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: null,
    platforms: [{ os: 'linux', architecture: platform }],
    configMediaType: null,
    size: null,
  };
  return { registry: { container: 'app', kind: 'container', host, attempts, tags: null, manifest, rateLimit: null, blob } };
}

const noEvents = { events: { milliseconds: 0, outcome: 'done', facts: { events: [], sandboxImage: null } } } as const;
const verdict = (...parts: readonly Partial<ImageView>[]) => {
  const subject = view(Object.assign({ evidence: evidence(noEvents as never) }, ...parts));
  return verdictOf(subject, conclude(subject));
};
const served = [
  ['found', puller],
  ['unauthorized', null],
] as const;

test('a Secret that was changed since, and a registry that cannot be asked: not known whether it is mended', () => {
  for (const registry of [
    {},
    asked(
      [
        ['unreachable', puller],
        ['unreachable', null],
      ],
      null,
    ),
  ]) {
    const { retry, explanation, fixes } = verdict(refused, later, registry);
    assert.equal(retry, 'wait');
    assert.match(explanation, /no pull has used it yet, and whether the registry takes it is not known/);
    assert.match(fixes[0]?.title ?? '', /^wait: /);
    assert.match(fixes[1]?.title ?? '', /^if it is refused then, renew secret reg/);
  }
});

test('what was sent before the Secret was changed: a credential, where the kubelet did not miss the Secret', () => {
  for (const registry of [{}, asked(served)]) {
    const { code, alternatives } = verdict(refused, later, registry);
    assert.equal(code, 'auth-rejected');
    assert.ok(alternatives.some((one) => one.code === 'auth-required'));
  }
  const missed = {
    name: 'e2',
    type: 'Warning',
    reason: 'FailedToRetrieveImagePullSecret',
    message: 'Unable to retrieve some image pull secrets (reg); attempting to pull the image may not succeed.',
    container: null,
    image: null,
    count: 1,
    first: at,
    last: at,
    from: 'kubelet',
  };
  const events = { events: { milliseconds: 0, outcome: 'done', facts: { events: [missed], sandboxImage: null } } };
  const { code, alternatives } = verdict(refused, later, asked(served), { evidence: evidence(events as never) });
  assert.equal(code, 'auth-required');
  assert.ok(alternatives.some((one) => one.code === 'auth-rejected'));
});

test('mended is what the registry serves to the pod, with its layers, for the platform of its node', () => {
  const now = (...parts: readonly Partial<ImageView>[]) => verdict(...parts).retry === 'now';
  const old = sends('2026-11-20T08:00:00Z');
  assert.ok(now(refused, old, asked(served)));
  assert.ok(!now(refused, old, asked(served, { ...good, status: 404 })));
  assert.ok(!now(refused, old, asked(served, { ...good, fault: { layer: 'dns', code: 'not-found', message: '' } })));
  const node = { name: 'n', platform: { os: 'linux', architecture: 'amd64' }, conditions: [], imagesPresent: [], kubelet: '', runtime: '' };
  assert.ok(!now(refused, old, asked(served, good, 'arm64'), { node: node as never }));
  assert.ok(now(refused, sendsNone, asked([['found', null]])));
  assert.ok(now(absent, sendsNone, asked([['found', null]])));
  assert.ok(!now(absent, sendsNone, asked([['found', null]], { ...good, status: 404 })));
  assert.ok(
    !now(
      absent,
      old,
      asked([
        ['unauthorized', puller],
        ['found', null],
      ]),
    ),
    'a kubelet with a login does not ask without one',
  );
});

test('what the pull would meet after a denial that is over is told', () => {
  const { also } = verdict(refused, sends('2026-11-20T08:00:00Z'), asked(served, { ...good, status: 404 }));
  assert.equal(also?.[0]?.code, 'registry-blob-missing');
});

test('a storage that refuses the address it was sent to: no login mends that, and the manifest says nothing of it', () => {
  const none = {
    ...sendsNone,
    evidence: evidence({ ...noEvents, secrets: { milliseconds: 0, outcome: 'done', facts: { secrets: [], images: [] } } } as never),
  };
  for (const registry of [{}, asked([['found', null]], { ...good, status: 403 }), asked([['found', null]])]) {
    const { code, retry, explanation, fixes, alternatives } = verdict(stored, none, registry);
    assert.deepEqual([code, retry], ['auth-forbidden', 'never']);
    assert.match(explanation, /registry\.example\.com\/s3/);
    assert.doesNotMatch(fixes.flatMap(({ title, commands }) => [title, ...commands]).join(), /pull secret|docker-registry/);
    assert.ok(alternatives.every((one) => one.code !== 'auth-required'));
  }
  const elsewhere = verdict(
    said(
      'failed to copy: httpReadSeeker: failed open: unexpected status code https://bucket.s3.amazonaws.com/x?X-Amz-Signature=a: 403 Forbidden',
    ),
    none,
  );
  assert.match(elsewhere.explanation, /bucket\.s3\.amazonaws\.com/);
});

test('that the node is answered with the pod’s login by now shows that the denial is over, and of the image no more than the registry shows', () => {
  const answer = { prober: 'runtime', withSecrets: true, target: image, message: `failed to resolve image: ${image}: not found`, at: null };
  const probe = { container: 'app', kind: 'container', answers: [answer] } as never;
  const old = sends('2026-11-20T08:00:00Z');
  const over = verdict(refused, old, { probe });
  assert.equal(over.retry, 'now');
  assert.match(over.explanation, /^It seems to be mended: registry\.example\.com lets the node read/);
  assert.deepEqual(
    over.fixes.map(({ title }) => title.replace(/:.*/, '')),
    ['wait'],
  );
  assert.equal(verdict(refused, old, { probe }, asked(served, { ...good, status: 404 })).retry, 'wait');
});

test('that the node was answered about a tag says nothing of a layer that was refused', () => {
  const answer = { prober: 'runtime', withSecrets: true, target: image, message: `failed to resolve image: ${image}: not found`, at: null };
  const probe = { container: 'app', kind: 'container', answers: [answer] };
  assert.equal(verdict(refused, sends('2026-11-20T08:00:00Z'), { probe: probe as never }).retry, 'now');
  assert.equal(verdict(stored, sendsNone, { probe: probe as never }).retry, 'never');
});
