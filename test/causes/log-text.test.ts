import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/causes/judge.ts';
import { viewsOf } from '../../src/causes/views.ts';
import type { Evidence, NodeFacts } from '../../src/values/evidence.ts';
import { done, nodeFacts } from '../report/evidence-builder.ts';
import { container, evidence, imageSpec, pod } from './view-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const backOff = { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` };

/** A pull of which no status and no event tells more than that it waits. */
function withLogs(...lines: readonly string[]): Evidence {
  const node: NodeFacts = nodeFacts({ name: 'n1', logs: { value: { sources: ['/logs/?query=containerd'], lines } } });
  return evidence({
    pod: pod({ node: 'n1' }),
    describe: done({ containers: [container({ waiting: backOff })] }),
    events: done({ events: [], sandboxImage: null }),
    spec: done({
      images: [imageSpec()],
      pullSecrets: [],
      serviceAccount: { value: { name: 'default', pullSecrets: [] } },
      nodeSelector: {},
    }),
    node: done(node),
  });
}

const said = (...lines: readonly string[]) => {
  const [verdict] = judge(withLogs(...lines));
  return [verdict?.code, verdict?.confidence];
};

const quoted = String.raw`\"${image}\"`;
const containerd = (error: string) => `time="2026-11-20T09:58:00.1Z" level=error msg="PullImage ${quoted} failed" error="${error}"`;
const twice = String.raw`\\\"${image}\\\"`;
const kubelet = (error: string, of = 'shop/payment-7d4b8c6f9b-xyz12') =>
  String.raw`E1120 09:58:01.2 5962 pod_workers.go:1338] "Error syncing pod, skipping" err="failed to \"StartContainer\" for \"app\" with ErrImagePull: \"${error}\"" pod="${of}" podUID="x"`;

test("the runtime's line: its words, likely, for another pod may have asked", () => {
  const tls = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
  const words = `failed to pull and unpack image ${quoted}: failed to resolve image: failed to do request: Head ${String.raw`\"https://registry.example.com/v2/payment/manifests/v2.1.3\"`}: ${tls}`;
  assert.deepEqual(said(containerd(words)), ['tls-unknown-authority', 'likely']);
  assert.equal(viewsOf(withLogs(containerd(words)))[0]?.readingSource?.step, 'node');
});

test("the kubelet's line names the pod: as sure as an event", () => {
  const words = `failed to pull and unpack image ${twice}: failed to resolve image: failed to do request: Head ${String.raw`\\\"https://registry.example.com/v2/payment/manifests/v2.1.3\\\"`}: dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host`;
  assert.deepEqual(said(kubelet(words)), ['dns-failure', 'certain']);
  assert.deepEqual(said(kubelet(words, 'shop/other')), ['dns-failure', 'likely']);
});

test('the newest line that says something counts, and a line of this pod before any other', () => {
  const refused = `failed to do request: dial tcp 10.0.0.1:443: connect: connection refused: ${quoted}`;
  const missing = `failed to resolve image: ${image}: not found`;
  assert.deepEqual(said(containerd(refused), containerd(missing))[0], 'manifest-not-found');
  const unsaid = kubelet(`Back-off pulling image ${twice}`);
  assert.deepEqual(said(containerd(missing), unsaid)[0], 'manifest-not-found');
  assert.deepEqual(
    said(kubelet(`dial tcp 10.0.0.1:443: connect: connection refused: ${twice}`), containerd(missing))[0],
    'connect-refused',
  );
});

test('a mirror that the runtime asked is blamed as in an event', () => {
  const url = 'https://mirror.example.com/v2/payment/manifests/v2.1.3?ns=[REDACTED]';
  const words = `failed to pull and unpack image ${quoted}: failed to resolve image: failed to do request: Head ${String.raw`\"${url}\"`}: dial tcp 10.0.0.9:443: connect: connection refused`;
  assert.deepEqual(said(containerd(words)), ['mirror-misconfigured', 'likely']);
});

test('lines of JSON, of CRI-O, and what is no failure or of another image', () => {
  const json = JSON.stringify({
    ts: 1.5,
    msg: 'Failed to pull image',
    image,
    err: `pinging container registry registry.example.com: Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com: no such host`,
  });
  assert.deepEqual(said(json), ['dns-failure', 'likely']);
  const crio = `time="2026-11-20 09:58:00" level=error msg="Failed to pull ${image}: reading manifest v2.1.3 in registry.example.com/payment: manifest unknown"`;
  assert.equal(said(crio)[0], 'manifest-not-found');
  for (const line of [
    `time="2026-11-20T09:58:00Z" level=info msg="PullImage ${quoted}"`,
    containerd('x509: certificate signed by unknown authority').replaceAll(image, `${image}-next`),
    containerd('x509: certificate signed by unknown authority').replaceAll(image, `mirror.${image}`),
    `E1120 plugin.go] Failed getting credential from external registry credential provider err="exit status 1"`,
  ])
    assert.deepEqual(said(line), ['unknown', 'possible'], line);
});

test('an event or a status is read before any log', () => {
  const made = withLogs(containerd(`${quoted}: x509: certificate signed by unknown authority`));
  const told = { ...backOff, message: `${backOff.message}: ErrImagePull: dial tcp: lookup registry.example.com: no such host` };
  const [verdict] = judge({ ...made, describe: done({ containers: [container({ waiting: told })] }) });
  assert.equal(verdict?.code, 'dns-failure');
});

test('a credential provider that failed for this image is told beside the refusal, and of another image it is not', () => {
  const failed = (of: string) =>
    `E1120 09:57:59.1 5962 plugin.go:447] Failed getting credential from external registry credential provider: error execing credential provider plugin ecr-credential-provider for image ${of}: exit status 1`;
  const refusal = containerd(
    `failed to pull and unpack image ${quoted}: failed to resolve image: authorization failed: no basic auth credentials`,
  );
  const explanation = (...lines: readonly string[]) => judge(withLogs(...lines))[0]?.explanation ?? '';
  assert.match(
    explanation(failed(image), refusal),
    /The logs of node n1 say that its credential provider failed for this image: Failed getting .* exit status 1$/,
  );
  assert.doesNotMatch(explanation(failed('other.example.com/a:1'), refusal), /credential provider failed/);
});
