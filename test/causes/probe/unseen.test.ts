import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude, judge } from '../../../src/causes/judge.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { ProbeAnswer } from '../../../src/values/evidence.ts';
import { attempt, done, exchange, registryFacts } from '../../report/evidence-builder.ts';
import { container, evidence, imageSpec, pod, view } from '../view-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const backOff = container({ waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` } });
const answer = { withSecrets: false, target: 'https://registry.example.com:443/v2/', at: null } as const;
const status = (code: number): ProbeAnswer => ({
  ...answer,
  prober: 'kubelet',
  message: `Readiness probe failed: HTTP probe failed with statuscode: ${code}`,
});
const refused: ProbeAnswer = {
  ...answer,
  prober: 'runtime',
  message: null,
  refusal: { kind: 'refused', message: 'images must have a digest' },
};
const tool = (detail: string, http = 'status 404'): ProbeAnswer => ({
  ...answer,
  prober: 'tool',
  message: `tls\tok\t${detail}\nhttp\tok\t${http}`,
  hostNetwork: true,
  layers: [
    { layer: 'tls', result: 'ok', detail },
    { layer: 'http', result: 'ok', detail: http },
  ],
});

function left(answers: readonly ProbeAnswer[], over: Partial<ImageView> = {}): readonly string[] {
  const subject = view({
    pod: pod({ node: 'n1' }),
    container: backOff,
    spec: imageSpec(),
    probe: { container: 'app', kind: 'container', answers },
    ...over,
  });
  const { code, confidence, alternatives } = conclude(subject);
  return [code, confidence, ...alternatives.map((other) => other.code)];
}

const certificate = ['tls-unknown-authority', 'tls-expired', 'tls-name-mismatch'];
const way = ['proxy-failure', 'mirror-misconfigured'];
const image404 = ['manifest-not-found', 'repository-not-found'];

test('a kubelet that got an answer leaves open what it does not do: certificates, credentials, proxy, mirrors', () => {
  assert.deepEqual(left([refused, status(404)]), ['unknown', 'possible', ...certificate, ...way, ...image404]);
  assert.deepEqual(left([refused, status(401)]), [
    'unknown',
    'possible',
    ...certificate,
    'rate-limited',
    ...way,
    'auth-required',
    ...image404,
  ]);
});

test('what was seen of a certificate is not left open', () => {
  const seen = tool('subject=CN = registry issuer=CN = ca (by the authorities of this image: 0 (ok))');
  assert.deepEqual(left([refused, status(404), seen]), ['unknown', 'possible', ...way, ...image404]);
  const blind = tool('as the answer over HTTPS shows', 'status 404, with an anonymous token');
  assert.deepEqual(left([refused, status(401), blind]), ['unknown', 'possible', ...certificate, ...way, 'auth-required', ...image404]);
  const here = registryFacts({ attempts: [attempt({ result: 'found', exchanges: [exchange({ status: 200 })] })] });
  assert.deepEqual(left([refused, status(404)], { registry: here }), ['unknown', 'possible', 'tls-unknown-authority', ...way]);
});

test('nothing of it where the runtime has told, or nobody got an answer', () => {
  const told: ProbeAnswer = { ...answer, prober: 'runtime', message: `Failed to pull image "x": ${image}: not found` };
  assert.deepEqual(left([told, status(404)]), ['unknown', 'possible']);
  assert.deepEqual(left([refused]), ['unknown', 'possible']);
});

test('that a kubelet backs off is no message', () => {
  const [verdict] = judge(evidence({ pod: pod({ node: 'n1' }), describe: done({ containers: [backOff] }) }));
  assert.match(verdict?.explanation ?? '', /neither status nor events say why/);
  assert.ok(!verdict?.fixes.some(({ commands }) => commands.some((line) => line.includes('Back-off'))));
});
