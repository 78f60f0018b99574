import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { registryFacts } from '../../report/evidence-builder.ts';
import { imageSpec, view } from '../view-builder.ts';

const explained = (mediaType: string, configMediaType: string | null) => {
  const manifest = { mediaType, digest: null, platforms: [], configMediaType, size: null };
  return catalogue['unsupported-manifest'].explanation(view({ spec: imageSpec(), registry: registryFacts({ manifest }) }));
};

test('what a manifest is instead of an image is said by its odd type, not by one that images have as well', () => {
  const image = 'application/vnd.docker.distribution.manifest.v2+json';
  assert.match(explained(image, 'application/vnd.cncf.helm.config.v1+json'), /of type application\/vnd\.cncf\.helm/);
  assert.doesNotMatch(explained(image, 'application/octet-stream'), /of type/);
  const schema1 = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
  assert.match(explained(schema1, 'application/octet-stream'), /of type application\/vnd\.docker\.distribution\.manifest\.v1/);
});
