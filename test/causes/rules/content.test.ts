import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { content } from '../../../src/causes/rules/content.ts';
import { alternative } from '../../../src/causes/tell-apart.ts';
import type { Finding } from '../../../src/causes/view.ts';
import { container, imageSpec, richView } from '../view-builder.ts';

test('an artifact is what an image volume may hold, where the runtime mounts it', () => {
  const corrupt: Finding = { code: 'corrupt-layer', confidence: 'likely', alternatives: [] };
  const rich = richView();
  const concluded = (kind: 'container' | 'imageVolume', runtime: string | null) => {
    const manifest = rich.registry?.manifest && { ...rich.registry.manifest, configMediaType: 'application/vnd.unknown.artifact.v1' };
    const registry = rich.registry && { ...rich.registry, manifest: manifest ?? null };
    const node = runtime === null ? null : rich.node && { ...rich.node, runtime };
    const found = content(richView({ container: container({ kind }), registry, node }), corrupt);
    return [found?.code, found?.confidence];
  };
  assert.deepEqual(concluded('container', 'containerd://2.1.4'), ['unsupported-manifest', 'certain']);
  assert.deepEqual(concluded('imageVolume', 'containerd://2.1.4'), ['unsupported-manifest', 'likely']);
  assert.deepEqual(concluded('imageVolume', 'cri-o://1.34.1'), ['corrupt-layer', 'likely']);
  assert.deepEqual(concluded('imageVolume', null), ['corrupt-layer', 'likely']);
});

test('an image that only stands for the others of its index proves nothing of the one that the node pulls', () => {
  const rich = richView();
  const digest = `sha256:${'a'.repeat(64)}`;
  const said = (code: Finding['code'], configMediaType: string) => {
    const manifest = rich.registry?.manifest && { ...rich.registry.manifest, configMediaType, sample: true as const };
    const registry = rich.registry && { ...rich.registry, manifest: manifest ?? null };
    const reference = { registry: 'registry.example.com', repository: 'payment', tag: null, digest };
    const view = richView({ node: null, registry, spec: imageSpec({ reference }) });
    const found = content(view, { code, confidence: 'likely', alternatives: [alternative('unsupported-manifest')] });
    return [found?.code, found?.confidence, ...(found?.alternatives ?? []).map((one) => one.code)];
  };
  const helm = 'application/vnd.cncf.helm.config.v1+json';
  assert.deepEqual(said('registry-blob-missing', helm), ['unsupported-manifest', 'likely', 'registry-blob-missing']);
  assert.deepEqual(said('content-store-damaged', helm), ['unsupported-manifest', 'likely', 'content-store-damaged']);
  const image = 'application/vnd.oci.image.config.v1+json';
  assert.deepEqual(said('content-store-damaged', image), ['content-store-damaged', 'likely', 'unsupported-manifest'], 'nor clears it');
});

test('an index within an index is explained to who has CRI-O, and blamed on no other runtime', () => {
  const rich = richView();
  const manifest = {
    mediaType: 'application/vnd.oci.image.index.v1+json',
    digest: null,
    platforms: rich.node ? [rich.node.platform] : [],
    configMediaType: 'application/vnd.oci.image.config.v1+json',
    size: 1,
    nested: true,
  } as const;
  const view = (runtime: string) =>
    richView({ registry: rich.registry && { ...rich.registry, manifest }, node: rich.node && { ...rich.node, runtime } });
  const found = content(view('cri-o://1.34.1'), null);
  assert.deepEqual([found?.code, found?.confidence], ['unsupported-manifest', 'likely']);
  assert.equal(content(view('containerd://2.1.4'), null), null);
  const words = (runtime: string) => catalogue['unsupported-manifest'].explanation(view(runtime));
  assert.match(words('cri-o://1.34.1'), /an index that names a further index/);
  assert.doesNotMatch(words('containerd://2.1.4'), /further index/);
});

test('what the runtime cannot make a container of is an artifact rather than a damaged store, where the registry serves one', () => {
  const rich = richView();
  const digest = `sha256:${'a'.repeat(64)}`;
  const concluded = (code: Finding['code'], configMediaType: string, imageId: string | null = null) => {
    const manifest = rich.registry?.manifest && { ...rich.registry.manifest, configMediaType, digest };
    const registry = rich.registry && { ...rich.registry, manifest: manifest ?? null };
    const said: Finding = { code, confidence: 'likely', alternatives: [alternative('unsupported-manifest'), alternative('unpack-failed')] };
    const found = content(richView({ registry, container: container({ imageId }) }), said);
    return [found?.code, found?.confidence, ...(found?.alternatives ?? []).map((one) => one.code)];
  };
  const empty = 'application/vnd.oci.empty.v1+json';
  assert.deepEqual(concluded('content-store-damaged', empty), ['unsupported-manifest', 'likely', 'content-store-damaged']);
  assert.deepEqual(concluded('unpack-failed', 'application/vnd.cncf.helm.config.v1+json'), [
    'unsupported-manifest',
    'likely',
    'unpack-failed',
  ]);
  // That very manifest lies on the node.
  assert.deepEqual(concluded('content-store-damaged', empty, `registry.example.com/payment@${digest}`), [
    'unsupported-manifest',
    'certain',
  ]);
  // It is an image, and no artifact.
  assert.deepEqual(concluded('content-store-damaged', 'application/vnd.oci.image.config.v1+json'), [
    'content-store-damaged',
    'likely',
    'unpack-failed',
  ]);
});
