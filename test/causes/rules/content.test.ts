import assert from 'node:assert/strict';
import { test } from 'node:test';
import { content } from '../../../src/causes/rules/content.ts';
import type { Finding } from '../../../src/causes/view.ts';
import { container, richView } from '../view-builder.ts';

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
