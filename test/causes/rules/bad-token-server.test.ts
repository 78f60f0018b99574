import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude, verdictOf } from '../../../src/causes/judge.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import { imageSpec, registryFacts, view } from '../view-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const text = (kind: 'anonymous' | 'oauth', answer: string, url = 'https://auth.example.com/nowhere?scope=repository%3Apayment%3Apull') =>
  `failed to pull and unpack image "${image}": failed to resolve image: failed to authorize: failed to fetch ${kind} token: unexpected status from GET request to ${url}: ${answer}`;
const verdict = (message: string, more: Partial<ImageView> = {}) => {
  const subject = view({ reading: read(message, image), spec: imageSpec(), ...more });
  return verdictOf(subject, conclude(subject));
};
const alternatives = (message: string) => verdict(message).alternatives.map(({ code }) => code);

test('a status that no token server has a reason for: it is none, whoever asks', () => {
  for (const kind of ['anonymous', 'oauth'] as const) {
    for (const answer of ['404 Not Found', '405 Method Not Allowed', '410 Gone']) {
      const { code, confidence, explanation, fixes } = verdict(text(kind, answer));
      assert.deepEqual([code, confidence], ['registry-bad-response', 'likely'], `${kind} ${answer}`);
      assert.match(explanation, /token server .*auth\.example\.com/);
      assert.doesNotMatch(fixes.flatMap(({ title, commands }) => [title, ...commands]).join(), /docker-registry|set image/);
      assert.match(fixes.flatMap(({ commands }) => commands).join(), /curl -sSi https:\/\/registry\.example\.com\/v2\//);
    }
  }
  assert.ok(alternatives(text('anonymous', '404 Not Found')).includes('auth-required'));
  assert.ok(alternatives(text('oauth', '404 Not Found')).includes('auth-rejected'));
});

test('a refusal of the token server stays one', () => {
  assert.equal(verdict(text('anonymous', '401 Unauthorized')).code, 'auth-required');
  assert.equal(verdict(text('anonymous', '403 Forbidden')).code, 'auth-required');
  assert.equal(verdict(text('oauth', '404 Not Found', 'https://us-docker.pkg.dev/v2/token?scope=a')).code, 'repository-not-found');
});

test('what this workstation meets at the token server too is decided', () => {
  const exchange = (purpose: string, status: number, url: string) => ({
    purpose,
    method: 'GET',
    url,
    status,
    fault: null,
    challenge: null,
    errors: [],
    body: null,
    contentType: null,
    milliseconds: 1,
  });
  const attempts = [
    {
      credential: null,
      result: 'bad-response',
      authenticated: null,
      exchanges: [
        exchange('manifest', 401, 'https://registry.example.com/v2/payment/manifests/v2.1.3'),
        exchange('token', 404, 'https://auth.example.com/nowhere'),
      ],
    },
  ];
  const {
    code,
    confidence,
    alternatives: open,
  } = verdict(text('anonymous', '404 Not Found'), { registry: registryFacts(attempts as never) });
  assert.deepEqual([code, confidence], ['registry-bad-response', 'likely']);
  assert.ok(open.every((one) => one.code !== 'auth-required'));
});
