import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDockerConfig, readPullSecret } from '../../src/image/docker-config.ts';

const vectors = readFileSync(new URL('./fixtures/secret_json_vectors.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const type = 'kubernetes.io/dockerconfigjson';
const encode = (text: string) => Buffer.from(text).toString('base64');

/** The vectors were made by a copy of the kubelet's types under other names. */
const kubeletNames = (text: string) =>
  text
    .replace('field J.', 'field DockerConfigJSON.')
    .replace('main.w', 'credentialprovider.dockerConfigEntryWithAuth')
    .replace('main.C', 'credentialprovider.DockerConfig')
    .replace('main.J', 'credentialprovider.DockerConfigJSON');

test('decodes every vector as the kubelet does', () => {
  assert.equal(vectors.length, 27);
  for (const line of vectors) {
    const match = /^(".*")\s+apiserver-ok=\w+\s+kubelet-err=(.*) auths="map\[(.*)\]"$/.exec(line);
    assert.ok(match, line);
    const [, quoted = '', error = '', auths = ''] = match;
    const result = readDockerConfig(JSON.parse(quoted), 'dockerconfigjson');
    if (error !== '<nil>') {
      assert.ok('fault' in result, line);
      assert.equal(result.fault.detail, kubeletNames(error), line);
      continue;
    }
    const expected = auths.replaceAll('\\n', '\n');
    const entries = 'entries' in result ? result.entries : [];
    if ('fault' in result) assert.equal(result.fault.code, 'no-entries', line);
    assert.equal(entries.map(({ key, user, password }) => `${key}:{${user} ${password} }`).join(' '), expected, line);
  }
});

test('a Secret of another type, or without its key, is a fault that names which', () => {
  const faultOf = (secretType: string, data: Record<string, string>) => {
    const result = readPullSecret(secretType, data);
    return 'fault' in result ? result.fault.code : 'none';
  };
  assert.equal(faultOf('Opaque', { '.dockerconfigjson': encode('{"auths":{"r":{"auth":"dXNlcjpwYXNz"}}}') }), 'wrong-type');
  assert.equal(faultOf(type, { other: 'eA==' }), 'missing-key');
  assert.equal(faultOf(type, { '.dockerconfigjson': encode('{"auths":') }), 'bad-json');
  assert.equal(faultOf(type, { '.dockerconfigjson': encode('{"auths":{"r":{"auth":"!"}}}') }), 'bad-base64');
  assert.equal(faultOf(type, { '.dockerconfigjson': encode('{"auths":{"r":{"auth":"dXNlcg=="}}}') }), 'bad-auth');
  assert.equal(faultOf(type, { '.dockerconfigjson': encode('{"credsStore":"desktop"}') }), 'no-entries');
  assert.equal(faultOf(type, { '.dockerconfigjson': encode('{"HttpHeaders":"x","auths":{}}') }), 'bad-json');
});

test('a legacy .dockercfg has no auths level', () => {
  const result = readPullSecret('kubernetes.io/dockercfg', { '.dockercfg': encode('{"r.test":{"username":"u","password":"p:q"}}') });
  assert.deepEqual(result, { entries: [{ key: 'r.test', user: 'u', password: 'p:q', ignored: [] }] });
});

test('what the kubelet ignores is kept as a remark', () => {
  const text =
    '{"credsStore":"desktop","auths":{"https://index.docker.io/v1/":{},"r":{"identitytoken":"t","username":"u","password":"p"}}}';
  const result = readDockerConfig(text, 'dockerconfigjson');
  assert.ok('entries' in result);
  assert.deepEqual(
    result.entries.map(({ ignored }) => ignored),
    [['credential-helper'], ['identity-token']],
  );
});

test('no fault quotes the contents', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Z]{8,20}$/),
      fc.constantFrom('{"auths":{"r":{"password":"X', '{"auths":{"r":"X"}}', '{"auths":X}', '{"auths":{"r":{"auth":"X!"}}}'),
      (secret, template) => {
        const result = readDockerConfig(template.replace('X', secret), 'dockerconfigjson');
        assert.ok('fault' in result);
        assert.ok(!result.fault.detail.includes(secret));
      },
    ),
  );
});

test('registries one "auths" level too deep are none that the kubelet knows', () => {
  const faultOf = (text: string, format: 'dockercfg' | 'dockerconfigjson') => {
    const result = readDockerConfig(text, format);
    return 'fault' in result ? `${result.fault.code}: ${result.fault.detail}` : result.entries.map(({ key }) => key).join(' ');
  };
  const entry = '{"r.test":{"auth":"dTpw"}}';
  assert.match(faultOf(`{"auths":${entry}}`, 'dockercfg'), /^no-entries: .*\.dockerconfigjson.*\.dockercfg/);
  assert.match(faultOf(`{"auths":${entry},"credsStore":null}`, 'dockercfg'), /^no-entries: /);
  assert.match(faultOf(`{"auths":{"auths":${entry}}}`, 'dockerconfigjson'), /^no-entries: .*"auths" twice/);
  assert.equal(faultOf(`{"auths":{"auths":${entry},"q.test":{"auth":"dTpw"}}}`, 'dockerconfigjson'), 'q.test');
  assert.equal(faultOf('{"auths":{"auth":"dTpw"}}', 'dockercfg'), 'auths', 'an entry for a host of that name');
});

test('a fault of one entry names its registry', () => {
  const keyOf = (text: string, format: 'dockercfg' | 'dockerconfigjson' = 'dockerconfigjson') => {
    const result = readDockerConfig(text, format);
    return 'fault' in result ? (result.fault.key ?? null) : undefined;
  };
  assert.equal(keyOf('{"auths":{"a.test":{"auth":"dTpw"},"ghcr.io":{"auth":"dG9rZW4="}}}'), 'ghcr.io');
  assert.equal(keyOf('{"ghcr.io":{"auth":"!"}}', 'dockercfg'), 'ghcr.io');
  assert.equal(keyOf('{"auths":{"ghcr.io":"x"}}'), 'ghcr.io');
  assert.equal(keyOf('{"auths":{"user:pass@ghcr.io":{"auth":"!"}}}')?.includes('pass'), false);
  assert.equal(keyOf('{"auths":{"r"'), null);
});

test('a login that is not UTF-8 is told: gRPC carries no other strings', () => {
  const latin1 = Buffer.from('ex\u00e4m:p\u00e4ss', 'latin1').toString('base64');
  const utf8 = Buffer.from('ex\u00e4m:p\u00e4ss').toString('base64');
  const result = readDockerConfig(`{"auths":{"a":{"auth":"${latin1}"},"b":{"auth":"${utf8}"}}}`, 'dockerconfigjson');
  assert.ok('entries' in result);
  assert.deepEqual(
    result.entries.map(({ isUtf8 }) => isUtf8),
    [false, undefined],
  );
});
