import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laterSecretsSentence, takeLaterSecrets } from '../../../src/causes/fix/service-account.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { SpecFacts } from '../../../src/values/evidence.ts';
import { evidence, imageSpec, pod, view } from '../view-builder.ts';

function made(podSecrets: readonly string[], accountSecrets: readonly string[], over: Partial<ImageView> = {}): ImageView {
  const facts: SpecFacts = {
    images: [imageSpec()],
    pullSecrets: podSecrets,
    serviceAccount: { value: { name: 'default', pullSecrets: accountSecrets } },
    nodeSelector: {},
  };
  const subject = pod({ owner: { kind: 'Deployment', name: 'payment' } });
  return view({ pod: subject, evidence: evidence({ pod: subject, spec: { milliseconds: 1, outcome: 'done', facts } }), ...over });
}

test('a secret that the service account got after the pod was made: make the pod anew', () => {
  const late = made([], ['regcred']);
  assert.match(laterSecretsSentence(late) ?? '', /names the pull secret regcred, but this pod was made without it/);
  assert.deepEqual(takeLaterSecrets(late)[0]?.commands, ['kubectl -n shop delete pod payment-7d4b8c6f9b-xyz12']);
});

test('a pod with secrets of its own does not get those of its account', () => {
  const own = made(['own'], ['regcred']);
  assert.match(laterSecretsSentence(own) ?? '', /which a pod that names secrets of its own does not get/);
  assert.deepEqual(takeLaterSecrets(own), []);
});

test('nothing to say where the pod has them, or the account has none', () => {
  assert.equal(laterSecretsSentence(made(['regcred'], ['regcred'])), null);
  assert.equal(laterSecretsSentence(made([], [])), null);
  assert.deepEqual(takeLaterSecrets(made([], [])), []);
});
