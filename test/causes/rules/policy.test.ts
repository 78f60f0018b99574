import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { conclude } from '../../../src/causes/judge.ts';
import { read } from '../../../src/causes/reader/read.ts';
import { attempt, exchange, registryFacts } from '../../report/evidence-builder.ts';
import { imageSpec, view } from '../view-builder.ts';

const text = 'unexpected status from HEAD request to https://registry.example.com/v2/payment/manifests/v2.1.3: 412 Precondition Failed';
const heard = (code: string, message: string) =>
  view({
    spec: imageSpec(),
    reading: read(text, 'registry.example.com/payment:v2.1.3'),
    registry: registryFacts({
      attempts: [
        attempt({
          credential: null,
          result: 'forbidden',
          authenticated: null,
          exchanges: [exchange({ status: 412, errors: [{ code, message }] })],
        }),
      ],
    }),
  });

test("a policy in the registry's own words is certain, and told", () => {
  const harbor = heard(
    'PROJECTPOLICYVIOLATION',
    "current image with 3 vulnerabilities cannot be pulled due to configured policy in 'Prevent images'.",
  );
  const { code, confidence, alternatives } = conclude(harbor);
  assert.deepEqual([code, confidence, alternatives.length], ['registry-policy-blocked', 'certain', 0]);
  assert.match(catalogue[code].explanation(harbor), /It says: PROJECTPOLICYVIOLATION: current image with 3 vulnerabilities/);
});

test('a status alone leaves open what else it may be', () => {
  const mute = conclude(heard('UNKNOWN', 'no'));
  assert.deepEqual([mute.code, mute.confidence, mute.alternatives[0]?.code], ['registry-policy-blocked', 'likely', 'auth-forbidden']);
  const legal = read(text.replace('412 Precondition Failed', '451 Unavailable For Legal Reasons'));
  assert.deepEqual(
    [legal.code, legal.confidence, legal.alternatives[0]?.code],
    ['registry-address-blocked', 'likely', 'registry-policy-blocked'],
  );
  assert.doesNotMatch(catalogue[legal.code].explanation(view({ spec: imageSpec(), reading: legal })), /whoever asks/);
  const started = read('exec /bin/sleep: exec format error');
  assert.deepEqual([started.code, started.confidence, started.alternatives[0]?.code], ['platform-mismatch', 'likely', 'none']);
});
