import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { registryFacts } from '../../report/evidence-builder.ts';
import { container, imageSpec, view } from '../view-builder.ts';

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

test('nothing is pushed by a digest, and what is made anew has another one', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const commands = (code: 'platform-mismatch' | 'corrupt-layer' | 'registry-blob-missing' | 'unsupported-manifest', image: string) =>
    catalogue[code].fixes(view({ container: container({ image }), spec: imageSpec({ image }) })).flatMap((fix) => fix.commands);
  for (const code of ['platform-mismatch', 'corrupt-layer', 'registry-blob-missing', 'unsupported-manifest'] as const) {
    for (const command of commands(code, `a.example/b@${digest}`)) {
      assert.doesNotMatch(command, /(?:-t|push) \S*@sha256|docker:\/\/\S+ docker:\/\/\S*@sha256/, code);
    }
  }
  const [build, set] = commands('platform-mismatch', `a.example:5000/b@${digest}`);
  assert.match(build ?? '', / -t a\.example:5000\/b:TAG --push \.$/);
  assert.match(set ?? '', /set image .* app=a\.example:5000\/b@sha256:DIGEST$/);
  assert.match(commands('platform-mismatch', `a.example:5000/b:v1@${digest}`)[0] ?? '', / -t a\.example:5000\/b:v1 --push/);
  assert.match(commands('platform-mismatch', 'a.example:5000/b')[0] ?? '', / -t a\.example:5000\/b --push/);
  assert.equal(commands('corrupt-layer', `a.example/b:v1@${digest}`)[0], 'docker push a.example/b:v1');
});
