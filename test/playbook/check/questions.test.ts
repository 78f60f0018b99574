import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlannedPod } from '../../../src/playbook/check/pod-specs.ts';
import { questionsOf } from '../../../src/playbook/check/questions.ts';
import { anyNode } from '../../../src/playbook/node/demands.ts';

const pod = (over: Partial<PlannedPod> = {}): PlannedPod => ({
  apiVersion: 'apps/v1',
  file: 'web.yaml',
  kind: 'Deployment',
  name: 'web',
  namespace: null,
  images: [{ image: 'a:1', kind: 'container', container: 'app', neverPulled: false, path: 'spec.template.spec.containers[0].image' }],
  pullSecrets: [],
  serviceAccount: 'default',
  demands: anyNode,
  ...over,
});
const none = { secrets: [], serviceAccount: undefined };

test('the same question is asked once, for all who use the image', () => {
  const questions = questionsOf(['a:1'], [pod(), pod({ name: 'api' })], 'shop', none);
  assert.deepEqual(
    questions.map(({ usedBy }) => usedBy.map(({ name }) => name)),
    [['web', 'api']],
  );
});

test('another namespace, other secrets or other nodes make it another question', () => {
  const others = [pod(), pod({ namespace: 'other' }), pod({ pullSecrets: ['x'] }), pod({ demands: { ...anyNode, labels: { a: 'b' } } })];
  assert.equal(questionsOf([], others, 'shop', none).length, 4);
});

test('a pod has its own secrets, else those of its account; what was typed goes before both', () => {
  const secrets = (pods: readonly PlannedPod[], overrides: Parameters<typeof questionsOf>[3]) =>
    questionsOf([], pods, 'shop', overrides).map(({ pullSecrets, serviceAccount }) => [pullSecrets, serviceAccount]);
  assert.deepEqual(secrets([pod({ pullSecrets: ['own'] })], none), [[['own'], 'default']]);
  assert.deepEqual(secrets([pod({ serviceAccount: 'robot' })], none), [[null, 'robot']]);
  assert.deepEqual(secrets([pod({ pullSecrets: ['own'] })], { secrets: [], serviceAccount: 'ci' }), [[null, 'ci']]);
  assert.deepEqual(secrets([pod({ pullSecrets: ['own'] })], { secrets: ['typed'], serviceAccount: undefined }), [[['typed'], 'default']]);
});

test('what is missing is a question of its own, wherever it is missing', () => {
  const lacking = (path: string) => ({ image: '', kind: 'container' as const, container: 'app', neverPulled: false, path });
  const pods = [pod({ images: [lacking('a'), lacking('b')] }), pod({ name: 'api', images: [lacking('a')] })];
  assert.equal(questionsOf([], pods, 'shop', none).length, 3);
});
