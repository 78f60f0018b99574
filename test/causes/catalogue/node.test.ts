import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import type { ImageRegistryFacts, NodeFacts } from '../../../src/values/evidence.ts';
import { imageSpec, richView, view } from '../view-builder.ts';

const mebibyte = 2 ** 20;

function subject(compressed: number, capacity: number) {
  const rich = richView();
  const registry = rich.registry as ImageRegistryFacts;
  const manifest = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: null,
    platforms: [],
    configMediaType: null,
    size: compressed,
  };
  const imageFs = { value: { availableBytes: capacity * 0.9, capacityBytes: capacity, inodesFree: null, inodes: null } };
  return view({ spec: imageSpec(), registry: { ...registry, manifest }, node: { ...(rich.node as NodeFacts), imageFs } });
}

test('an image larger than the whole disk: nothing that could be removed makes room', () => {
  const fixes = catalogue['disk-full'].fixes(subject(700 * mebibyte, 365 * mebibyte));
  assert.match(fixes[0]?.title ?? '', /larger disk/);
  assert.doesNotMatch(JSON.stringify(fixes), /rmi --prune/);
  assert.match(catalogue['disk-full'].explanation(subject(700 * mebibyte, 365 * mebibyte)), /The disk is too small: all of it is 365 MiB/);
});

test('an image that would fit on an empty disk: first what others left there', () => {
  assert.match(JSON.stringify(catalogue['disk-full'].fixes(subject(50 * mebibyte, 365 * mebibyte))[0]), /rmi --prune/);
});
