import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCircumstances } from '../../../src/causes/forecast/circumstances.ts';
import { parseReference } from '../../../src/image/reference.ts';
import type { CheckEvidence } from '../../../src/values/check.ts';
import type { Forecast } from '../../../src/values/forecast.ts';

const secret = { name: 'regcred', state: 'usable' };
const evidence = (secrets: readonly object[] = []) => {
  const done = (facts: object) => ({ outcome: 'done', milliseconds: 0, facts });
  return { spec: done({ serviceAccount: { value: { pullSecrets: [] } } }), secrets: done({ secrets, images: [{ tries: [] }] }) };
};
const check = (over: object = {}) => ({ usedBy: [], evidence: evidence(), ...over }) as unknown as CheckEvidence;

function forecastOf(image: string, code: string): Forecast {
  const parsed = parseReference(image);
  const reference = 'reference' in parsed ? parsed.reference : null;
  const result = code === 'none' ? 'ok' : 'problem';
  return { result, nodeIdentity: null, unfit: [], verdict: { image, reference, code, confidence: 'likely', alternatives: [] } } as never;
}

test('what nodes of a cloud may open by themselves is not a problem of the pod', () => {
  const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1';
  const { result, nodeIdentity, verdict } = withCircumstances(check(), forecastOf(ecr, 'auth-required'));
  assert.deepEqual([result, nodeIdentity, verdict.code], ['unknown', 'AWS', 'unknown']);
  assert.equal(withCircumstances(check(), forecastOf(ecr, 'manifest-not-found')).result, 'problem');
  assert.equal(withCircumstances(check(), forecastOf('ghcr.io/a/b:1', 'auth-required')).result, 'problem', 'no cloud of nodes');
  const named = check({ evidence: evidence([secret]) });
  assert.equal(withCircumstances(named, forecastOf(ecr, 'auth-required')).result, 'problem', 'the pod brings a Secret');
});

test('without a node, a namespace or an account nothing is pulled', () => {
  const ok = forecastOf('a:1', 'none');
  const missing = { spec: { outcome: 'done', facts: { serviceAccount: { obstacle: { kind: 'not-found', message: '' } } } } };
  assert.equal(withCircumstances(check(), ok).result, 'ok');
  assert.equal(withCircumstances(check({ namespaceState: 'missing' }), ok).result, 'unknown');
  assert.equal(withCircumstances(check({ namespaceState: 'planned' }), ok).result, 'ok');
  assert.equal(withCircumstances(check({ placement: { fitting: 0, nodes: 2, demands: [] } }), ok).result, 'unknown');
  assert.equal(withCircumstances(check({ evidence: { ...evidence(), ...missing } }), ok).result, 'unknown');
});
