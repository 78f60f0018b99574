import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isImageConfig, isIndex, isManifest, isSchema1, mediaTypeOf } from '../../src/image/media-types.ts';

const kinds = { manifest: isManifest, index: isIndex, schema1: isSchema1, config: isImageConfig };
const kindsOf = (type: string) => Object.entries(kinds).flatMap(([name, is]) => (is(type) ? [name] : []));

test('each media type of an image is of one kind, and those of other artifacts of none', () => {
  const expected = {
    'application/vnd.docker.distribution.manifest.v2+json': ['manifest'],
    'application/vnd.oci.image.manifest.v1+json': ['manifest'],
    'application/vnd.docker.distribution.manifest.list.v2+json': ['index'],
    'application/vnd.oci.image.index.v1+json': ['index'],
    'application/vnd.docker.distribution.manifest.v1+json': ['schema1'],
    'application/vnd.docker.distribution.manifest.v1+prettyjws': ['schema1'],
    'application/vnd.oci.image.config.v1+json': ['config'],
    'application/vnd.docker.container.image.v1+json': ['config'],
    'application/octet-stream': ['config'],
    'application/vnd.cncf.helm.config.v1+json': [],
    'application/vnd.oci.empty.v1+json': [],
    'text/html': [],
    '': [],
  };
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((type) => [type, kindsOf(type)])), expected);
});

test('a content type is read without its parameters, in small letters', () => {
  assert.equal(mediaTypeOf('Application/vnd.OCI.image.index.v1+json; charset=utf-8'), 'application/vnd.oci.image.index.v1+json');
  assert.equal(mediaTypeOf(undefined), '');
});
