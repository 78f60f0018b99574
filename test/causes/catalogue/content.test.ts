import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { Platform } from '../../../src/values/evidence.ts';
import { registryFacts } from '../../report/evidence-builder.ts';
import { container, imageSpec, richView, view } from '../view-builder.ts';

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
  const [, build, set] = commands('platform-mismatch', `a.example:5000/b@${digest}`);
  assert.match(build ?? '', / -t a\.example:5000\/b:TAG --push \.$/);
  assert.match(set ?? '', /set image .* app=a\.example:5000\/b@sha256:DIGEST$/);
  assert.match(commands('platform-mismatch', `a.example:5000/b:v1@${digest}`)[1] ?? '', / -t a\.example:5000\/b:v1 --push/);
  assert.match(commands('platform-mismatch', 'a.example:5000/b')[1] ?? '', / -t a\.example:5000\/b --push/);
  assert.equal(commands('corrupt-layer', `a.example/b:v1@${digest}`)[0], 'docker push a.example/b:v1');
});

test('a tag whose platforms are not known is never overwritten by that of the node alone', () => {
  const image = 'a.example/b:v1';
  const built = (platforms: readonly Platform[] | null) => {
    const manifest = platforms && { mediaType: '', digest: null, platforms, configMediaType: null, size: null };
    const subject = richView({ container: container({ image }), registry: manifest && registryFacts({ manifest }) });
    return catalogue['platform-mismatch'].fixes(subject)[0];
  };
  for (const unknown of [built(null), built([]), built([{ os: 'unknown', architecture: 'unknown' }])]) {
    assert.equal(unknown?.commands[0], 'docker buildx imagetools inspect a.example/b:v1');
    assert.match(unknown?.commands[1] ?? '', /--platform PRESENT_PLATFORMS,linux\/amd64 -t/);
    assert.match(unknown?.title ?? '', /as well as for those that it has now/);
  }
  const known = built([{ os: 'linux', architecture: 'arm64' }]);
  assert.equal(known?.commands[0], 'docker buildx build --platform linux/arm64,linux/amd64 -t a.example/b:v1 --push .');
});

test('an image of schema 1 is converted, and what was pulled is not of that format', () => {
  const image = 'a.example/b:v1';
  const first = (text: string, pull: 'failing' | 'pulled') => {
    const subject = view({ container: container({ image, pull }), spec: imageSpec({ image }), reading: read(text, image) });
    return catalogue['unsupported-manifest'].fixes(subject).map(({ title }) => /^(?:or )?(\S+)/.exec(title)?.[1]);
  };
  const refused = `failed to pull and unpack image "${image}": `;
  assert.deepEqual(first(`${refused}schema 1 image manifests are no longer supported: invalid argument`, 'failing'), ['convert']);
  const type = 'media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since containerd v2.0';
  assert.deepEqual(first(`${refused}${type}`, 'failing'), ['convert']);
  assert.deepEqual(first('failed to generate spec: no command specified', 'pulled'), ['use']);
  assert.deepEqual(first(`${refused}unsupported media type`, 'failing'), ['use', 'convert']);
  const { node } = richView();
  const there = view({ container: container({ image }), spec: imageSpec({ image }), node: node && { ...node, imagesPresent: [image] } });
  assert.equal(catalogue['unsupported-manifest'].fixes(there).length, 1);
});
