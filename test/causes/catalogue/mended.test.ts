import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import type { Attempt, ProbeAnswer } from '../../../src/values/evidence.ts';
import { container, evidence, imageSpec, pod } from '../view-builder.ts';

const key = { container: 'app', kind: 'container' } as const;
const done = <F>(facts: F) => ({ milliseconds: 0, outcome: 'done', facts }) as const;
const image = 'registry.example.com/payment:v2.1.3';
const credential = { secret: 'fixme', key: 'registry.example.com', user: 'puller' };
const secret = {
  name: 'fixme',
  from: 'pod',
  state: 'usable',
  type: null,
  fault: null,
  obstacle: null,
  createdAt: null,
  changedAt: null,
  entries: [],
};

/** An image that was refused with a secret's login until it was corrected. */
function verdict(result: Attempt['result'], answers: readonly ProbeAnswer[] = []) {
  const message = `failed to pull and unpack image "${image}": failed to resolve image: unexpected status from HEAD request to https://registry.example.com/v2/payment/manifests/v2.1.3: 401 Unauthorized`;
  const attempts = [
    { credential, result, exchanges: [] },
    { credential: null, result: 'unauthorized', exchanges: [] },
  ];
  const [first] = judge(
    evidence({
      pod: pod({ node: 'n1' }),
      describe: done({ containers: [container({ image, waiting: { reason: 'ErrImagePull', message } })] }),
      spec: done({
        images: [imageSpec({ image })],
        pullSecrets: ['fixme'],
        serviceAccount: { value: { name: 'default', pullSecrets: [] } },
        nodeSelector: {},
      }),
      secrets: done({ secrets: [secret], images: [{ ...key, tries: [credential], nearest: null }] }) as never,
      registry: done({ images: [{ ...key, attempts, tags: null }] }) as never,
      ...(answers.length > 0 && { probe: done({ refusal: null, images: [{ ...key, answers }] }) }),
    }),
  );
  return first ?? assert.fail();
}

const pulled: ProbeAnswer = {
  prober: 'canary',
  withSecrets: true,
  target: image,
  message: `Successfully pulled image "${image}" in 300ms`,
  at: null,
};

test('a pull that was tried and succeeded: mended, and nothing is to be renewed', () => {
  const { code, retry, explanation, fixes } = verdict('found', [pulled]);
  assert.deepEqual([code, retry], ['auth-rejected', 'now']);
  assert.match(explanation, /^It is mended: node n1 pulled the image just now\. What failed until then: /);
  assert.deepEqual(
    fixes.map(({ title }) => title.replace(/:.*/, '')),
    ['wait'],
  );
});

test('a login that the registry takes by now: it seems to be mended, and nothing is to be renewed', () => {
  const { retry, explanation, fixes } = verdict('found');
  assert.equal(retry, 'now');
  assert.match(explanation, /^It seems to be mended: the registry serves the image as the pod would ask for it\. What failed until then: /);
  assert.equal(fixes.length, 1);
});

test('a login that is refused still is to be renewed', () => {
  const { explanation, fixes } = verdict('unauthorized');
  assert.doesNotMatch(explanation, /mended/);
  assert.ok(fixes.some(({ commands }) => commands.length > 0));
});
