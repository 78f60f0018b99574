import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { conclude, verdictOf } from '../../../src/causes/judge.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { Exchange, ImageRegistryFacts } from '../../../src/values/evidence.ts';
import { imageSpec, view } from '../view-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const digest = `sha256:${'a'.repeat(64)}`;
const text = (clause: string) => `failed to pull and unpack image "${image}": ${clause}`;
const shortRead = text('short read: expected 151 bytes but got 74: unexpected EOF');

const exchange: Exchange = {
  purpose: 'manifest',
  method: 'HEAD',
  url: 'https://registry.example.com/v2/payment/manifests/v2.1.3',
  status: 200,
  fault: null,
  challenge: null,
  errors: [],
  body: null,
  contentType: null,
  milliseconds: 1,
};

function served(blob: Partial<NonNullable<ImageRegistryFacts['blob']>>): Partial<ImageView> {
  const attempt = { credential: null, result: 'found', authenticated: null, exchanges: [exchange] } as const;
  const nothing = { tags: null, manifest: null, rateLimit: null };
  return {
    registry: {
      container: 'app',
      kind: 'container',
      host: 'registry.example.com',
      attempts: [attempt],
      ...nothing,
      blob: { host: 'registry.example.com', status: 206, fault: null, digest, ...blob },
    },
  };
}

const wrongSize = (manifest: number, length: number) =>
  served({ fault: { layer: 'http', code: 'wrong-size', message: 'it has …' }, sizes: { manifest, served: length } });

function failed(message: string, more: Partial<ImageView> = {}, count = 1): ImageView {
  const event = {
    name: 'e1',
    type: 'Warning',
    reason: 'Failed',
    message: `Failed to pull image "${image}": ${message}`,
    container: 'app',
    image,
    count,
    first: '2026-11-20T09:50:00Z',
    last: '2026-11-20T09:59:00Z',
    from: 'kubelet',
  };
  return view({
    reading: read(message, image),
    readingSource: { step: 'events', source: 'event e1', at: event.last },
    spec: imageSpec(),
    events: [event],
    ...more,
  });
}

const told = (subject: ImageView) => {
  const { code, confidence, alternatives } = conclude(subject);
  return [code, confidence, ...alternatives.map((one) => one.code)];
};

test('fewer bytes than the manifest says: cut off on the way, or no more are served; the text cannot tell', () => {
  assert.deepEqual(told(failed(shortRead)), ['connection-dropped', 'likely', 'corrupt-layer']);
  assert.deepEqual(told(failed(text('failed to read expected number of bytes: unexpected EOF'))), [
    'connection-dropped',
    'likely',
    'corrupt-layer',
  ]);
});

test('the registry serves just the bytes that came: the manifest is wrong', () => {
  const subject = failed(shortRead, wrongSize(151, 74));
  assert.deepEqual(told(subject), ['corrupt-layer', 'certain']);
  const { explanation, retry, surroundings, fixes } = verdictOf(subject, conclude(subject));
  assert.doesNotMatch(fixes.map(({ title }) => title).join(), /other nodes/);
  assert.match(explanation, /has 74 bytes there, and the manifest says 151/);
  assert.equal(retry, 'never');
  assert.equal(surroundings, undefined);
});

test('it serves another length than came, or the node said no numbers: the connection may have broken besides', () => {
  assert.deepEqual(told(failed(shortRead, wrongSize(900, 74))), ['corrupt-layer', 'likely', 'connection-dropped']);
  assert.deepEqual(told(failed(text('failed to copy: read tcp 10.0.0.1:1->10.0.0.2:443: connection reset by peer'), wrongSize(151, 74))), [
    'corrupt-layer',
    'likely',
    'connection-dropped',
  ]);
  assert.deepEqual(told(view({ spec: imageSpec(), ...wrongSize(151, 74) })), ['corrupt-layer', 'likely']);
  assert.equal(conclude(failed(text('failed to resolve image: not found'), wrongSize(151, 74))).code, 'manifest-not-found');
});

test('a break in the midst of a layer: that this workstation gets its first byte says nothing of it', () => {
  for (const clause of [
    'short read: expected 151 bytes but got 74: unexpected EOF',
    'failed to copy: read tcp 10.0.0.1:1->10.0.0.2:443: connection reset by peer',
  ]) {
    const subject = failed(text(clause), served({}));
    assert.equal(conclude(subject).code, 'connection-dropped');
    assert.equal(verdictOf(subject, conclude(subject)).surroundings?.workstation, undefined, clause);
  }
});

test('always at the same byte is no accident', () => {
  const often = failed(shortRead, {}, 5);
  const { code, retry, explanation } = verdictOf(often, conclude(often));
  assert.deepEqual([code, retry], ['connection-dropped', 'never']);
  assert.match(explanation, /Each of 5 attempts ended after 74 of 151 bytes/);
  assert.doesNotMatch(
    catalogue['connection-dropped']
      .fixes(often)
      .map(({ title }) => title)
      .join(),
    /if the fault was passing/,
  );
  const once = failed(shortRead);
  assert.equal(verdictOf(once, conclude(once)).retry, 'wait');
});
