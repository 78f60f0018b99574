import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayVerifyCredentials, pullLimit, queueWords, verifiesCredentials } from '../../src/causes/kubelet-config.ts';
import type { KubeletConfig } from '../../src/values/evidence.ts';
import { richView } from './view-builder.ts';

function configured(over: Partial<KubeletConfig>, kubelet = 'v1.36.3') {
  const { node } = richView();
  assert.ok(node);
  const nothing = { serializeImagePulls: null, maxParallelImagePulls: null, registryPullQPS: null, registryBurst: null };
  const value = { evictionHard: {}, imageGCHighThresholdPercent: null, credentialVerification: null, ...nothing, ...over };
  return richView({ node: { ...node, kubelet, kubeletConfig: { value } } });
}

test('whether a pull may wait behind another', () => {
  assert.match(queueWords(richView()) ?? '', /^By default/);
  assert.match(queueWords(configured({ serializeImagePulls: true })) ?? '', /^This node pulls one image at a time/);
  assert.equal(queueWords(configured({ serializeImagePulls: false })), null);
  assert.match(queueWords(configured({ serializeImagePulls: false, maxParallelImagePulls: 3 })) ?? '', /at most 3 images/);
});

test("the kubelet's limit with its figures", () => {
  assert.equal(pullLimit(richView()), 'registryPullQPS');
  assert.equal(pullLimit(configured({ registryPullQPS: 5, registryBurst: 10 })), 'registryPullQPS (5 a second, in bursts of 10)');
});

test('whether images on the node need a credential: the policy in force decides, else the version', () => {
  const policy = (credentialVerification: string | null, kubelet?: string) =>
    verifiesCredentials(configured({ credentialVerification }, kubelet));
  assert.equal(policy('NeverVerify'), false);
  assert.equal(policy('AlwaysVerify', 'v1.33.0'), true);
  assert.equal(policy(null, 'v1.36.3'), false, 'the feature was turned off: its default is a policy');
  const { node } = richView();
  assert.ok(node);
  const unread = (kubelet: string) => verifiesCredentials(richView({ node: { ...node, kubelet } }));
  assert.deepEqual([unread('v1.32.0'), unread('v1.34.9'), unread('v1.35.0')], [false, false, true]);
  assert.equal(verifiesCredentials(richView({ node: null })), false);
});

test('that a kubelet checks no credentials is said only of one that cannot, or whose configuration says so', () => {
  const { node } = richView();
  assert.ok(node);
  const may = (kubelet: string) => mayVerifyCredentials(richView({ node: { ...node, kubelet } }));
  assert.deepEqual(['v1.20.2', 'v1.32.9'].map(may), [false, false]);
  assert.deepEqual(['v1.33.2', 'v1.34.1-eks-113cf36', 'v1.36.3', 'v2.0.1', 'dev', ''].map(may), [true, true, true, true, true, true]);
  assert.equal(mayVerifyCredentials(configured({ credentialVerification: null }, 'v1.34.1')), false);
});
