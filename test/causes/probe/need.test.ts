import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyNotAsked } from '../../../src/causes/probe/need.ts';
import { registryFacts } from '../../report/evidence-builder.ts';
import { container, imageSpec, pod, view } from '../view-builder.ts';

const there = pod({ node: 'node-a' });
const local = view({
  pod: there,
  container: container({
    container: 'i1',
    kind: 'initContainer',
    image: 'localhost/tools:1',
    pull: 'pulled',
    running: true,
    waiting: null,
  }),
  spec: imageSpec({ image: 'localhost/tools:1', reference: { registry: 'localhost', repository: 'tools', tag: '1', digest: null } }),
});
const waits = view({ pod: there, container: container({ pull: 'unknown' }), spec: imageSpec(), registry: registryFacts({}) });

test('why the node is not asked is told of the image that is in question', () => {
  assert.equal(whyNotAsked([local, waits]), 'nothing has failed');
  assert.equal(whyNotAsked([local]), 'an image of localhost is not pulled from a registry');
  const failing = view({ pod: there, container: container({}), spec: null });
  assert.equal(whyNotAsked([waits, failing]), 'the image name does not parse');
});
