import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeIdentitySentence } from '../../src/causes/node-identity.ts';
import { imageSpec, richView } from './view-builder.ts';

function sentence(registry: string, provider: string | null): string | null {
  const view = richView({ spec: imageSpec({ reference: { registry, repository: 'team/app', tag: '1', digest: null } }) });
  return nodeIdentitySentence({ ...view, node: view.node && { ...view.node, provider } });
}

test('what a node would show where the pod brings nothing, never that it may pull', () => {
  assert.match(
    sentence('123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'aws:///eu-west-1a/i-0') ?? '',
    /would show the IAM role.*cannot be checked from here/,
  );
  assert.match(sentence('shop.azurecr.io', 'azure:///subscriptions/x') ?? '', /AcrPull/);
  assert.match(sentence('fra.ocir.io', 'ocid1.instance.oc1.x') ?? '', /instance principal/);
  assert.match(sentence('eu.gcr.io', 'aws:///eu-west-1a/i-0') ?? '', /is not on Google Cloud, so it has no identity/);
  assert.equal(sentence('eu.gcr.io', null), null);
  assert.equal(sentence('quay.io', 'aws:///eu-west-1a/i-0'), null);
});
