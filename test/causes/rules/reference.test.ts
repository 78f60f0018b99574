import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../../src/causes/judge.ts';
import { read } from '../../../src/causes/reader/read.ts';
import { imageSpec, view } from '../view-builder.ts';

function heard(registry: string, results: readonly string[] = []) {
  const image = `${registry}/team/app:v1`;
  const attempts = results.map((result) => ({ credential: null, result, authenticated: null, exchanges: [] }));
  const { code, alternatives } = conclude(
    view({
      reading: read(`failed to pull and unpack image "${image}": failed to resolve image: ${image}: not found`, image),
      spec: imageSpec({ image, reference: { registry, repository: 'team/app', tag: 'v1', digest: null } }),
      registry:
        attempts.length === 0
          ? null
          : ({
              container: 'app',
              kind: 'container',
              host: registry,
              attempts,
              tags: null,
              manifest: null,
              rateLimit: null,
              blob: null,
            } as never),
    }),
  );
  return [code, ...alternatives.map((one) => one.code)];
}

test('a 404 of a registry that may be a cache may be its upstream’s, as long as it has not said more', () => {
  const open = ['manifest-not-found', 'repository-not-found', 'proxy-cache-upstream'];
  assert.deepEqual(heard('registry.example.com'), open);
  assert.deepEqual(heard('registry.example.com', ['unreachable']), open);
  assert.deepEqual(heard('registry.example.com', ['not-found']), open);
  assert.deepEqual(heard('ghcr.io'), open.slice(0, 2), 'of these none is a cache');
});
