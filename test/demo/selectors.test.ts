import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '../../scripts/demo/objects.ts';
import { fieldTest, labelTest } from '../../scripts/demo/selectors.ts';

const pod: KubernetesObject = { metadata: { name: 'web', labels: { app: 'web', tier: 'front' } }, spec: { nodeName: 'node1' }, status: {} };

const fields: readonly (readonly [string, boolean])[] = [
  ['', true],
  ['spec.nodeName=node1', true],
  ['spec.nodeName==node2', false],
  ['spec.nodeName!=node2', true],
  ['metadata.name=web,spec.nodeName=node2', false],
  ['status.phase=', true],
  ['status.phase.deeper=x', false],
];
const labels: readonly (readonly [string, boolean])[] = [
  ['', true],
  ['app=web', true],
  ['app=web,tier=back', false],
  ['app!=web', false],
  ['app in (api, web),tier', true],
  ['app notin (api,web)', false],
  ['!canary', true],
  ['canary', false],
];

for (const [selector, holds] of fields) {
  test(`field selector "${selector}" ${holds ? 'takes' : 'leaves'} the pod`, () => assert.equal(fieldTest(selector)(pod), holds));
}
for (const [selector, holds] of labels) {
  test(`label selector "${selector}" ${holds ? 'takes' : 'leaves'} the pod`, () => assert.equal(labelTest(selector)(pod), holds));
}
