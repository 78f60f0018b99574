import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import { parseReference } from '../../../src/image/reference.ts';
import type { Attempt, ImageRegistryFacts, Proposal } from '../../../src/values/evidence.ts';
import { container, evidence, imageSpec, pod } from '../view-builder.ts';

const key = { container: 'app', kind: 'container' } as const;
const done = <F>(facts: F) => ({ milliseconds: 0, outcome: 'done', facts }) as const;

/** The verdict on an image whose pull failed so, where these images were found in its place. */
function verdict(image: string, words: string, proposals: readonly Proposal[] = [], attempts: readonly Attempt[] = []) {
  const parsed = parseReference(image);
  assert.ok('reference' in parsed);
  const { registry, repository } = parsed.reference;
  const url = `https://${registry.toLowerCase()}/v2/${repository}/manifests/v1`;
  const message = `failed to pull and unpack image "${image}": failed to resolve image: failed to do request: Head "${url}": ${words}`;
  const own = container({ image, waiting: { reason: 'ErrImagePull', message } });
  const subject = pod({ node: 'n1' });
  const facts: ImageRegistryFacts = { ...key, attempts, anonymous: null, tags: null, proposals } as unknown as ImageRegistryFacts;
  const [first] = judge(
    evidence({
      pod: subject,
      describe: done({ containers: [own] }),
      spec: done({
        images: [imageSpec({ image, reference: parsed.reference })],
        pullSecrets: [],
        serviceAccount: { value: { name: 'default', pullSecrets: [] } },
        nodeSelector: {},
      }),
      registry: done({ images: [facts] }),
    }),
  );
  return first ?? assert.fail();
}

const untrusted = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
const proposed: Proposal = { reference: 'registry.example.com:5001/team/app:v1', why: 'host', verified: true };

test('a host in capitals: the node looks for its settings of the registry under the name as written', () => {
  const { code, confidence, explanation, fixes, otherHost } = verdict('Registry.example.com/team/app:v1', untrusted);
  assert.deepEqual([code, confidence, otherHost], ['tls-unknown-authority', 'likely', undefined]);
  assert.match(explanation, /capitals/);
  assert.match(fixes[0]?.title ?? '', /^write the host in small letters/);
  assert.match(fixes[0]?.commands[0] ?? '', /app=registry\.example\.com\/team\/app:v1/);
});

test('a host in small letters keeps its verdict', () => {
  const { confidence, explanation } = verdict('registry.example.com/team/app:v1', untrusted);
  assert.equal(confidence, 'certain');
  assert.doesNotMatch(explanation, /capitals/);
});

for (const [words, code] of [
  [untrusted, 'tls-unknown-authority'],
  ['tls: failed to verify certificate: x509: certificate is valid for other.example, not registry.example', 'tls-name-mismatch'],
  ['http: server gave HTTP response to HTTPS client', 'http-on-https'],
  ['dial tcp 10.0.0.9:443: i/o timeout', 'connect-timeout'],
  ['dial tcp 10.0.0.9:443: connect: connection refused', 'connect-refused'],
  ['dial tcp 10.0.0.9:443: connect: no route to host', 'no-route'],
  ['dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host', 'dns-failure'],
] as const) {
  test(`${code}: another host that has the image is told, and comes first`, () => {
    const found = verdict('registry.exmple.com/team/app:v1', words, [proposed]);
    assert.equal(found.code, code);
    assert.match(found.explanation, /registry\.example\.com:5001\/team\/app:v1 exists, and may be what was meant/);
    assert.match(found.fixes[0]?.commands.join() ?? '', /registry\.example\.com:5001\/team\/app:v1/);
    assert.equal(found.confidence, 'certain');
  });
}

test('an image of another name elsewhere is none of these', () => {
  const { fixes, confidence } = verdict('registry.example.com/team/app:v1', untrusted, [{ ...proposed, why: 'in-use' }]);
  assert.doesNotMatch(fixes[0]?.title ?? '', /^use/);
  assert.equal(confidence, 'certain');
});
