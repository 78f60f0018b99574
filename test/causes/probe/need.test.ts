import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyNotAsked } from '../../../src/causes/probe/need.ts';
import { read } from '../../../src/causes/reader/read.ts';
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

test('a layer that the registry served and the node could not store did not fail before the registry was asked', () => {
  const image = 'registry.example.com/payment:v2.1.3';
  const said = (text: string) => {
    const reading = read(`failed to pull and unpack image "${image}": ${text}`, image);
    return whyNotAsked([view({ pod: there, spec: imageSpec(), reading, container: container({}) })]);
  };
  const node = 'it fails on the node itself, not on the way to the registry';
  assert.equal(
    said('failed to copy: write /var/lib/containerd/io.containerd.content.v1.content/ingest/1/data: no space left on device'),
    node,
  );
  assert.equal(said('failed to extract layer sha256:1: write /var/lib/containerd/tmpmounts/1/a: no space left on device'), node);
});
