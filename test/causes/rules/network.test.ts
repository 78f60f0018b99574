import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { conclude } from '../../../src/causes/judge.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import { viewsOf } from '../../../src/causes/views.ts';
import type { Attempt, ConnectionFault, Neighbours, ProbeAnswer } from '../../../src/values/evidence.ts';
import { container, evidence, imageSpec, pod, view } from '../view-builder.ts';

const host = 'registry.example.com';
const target = `${host}/payment:imagepull-probe-0123abcd`;
const request = `failed to do request: Head "https://${host}/v2/payment/manifests/imagepull-probe-0123abcd": `;
const key = { container: 'app', kind: 'container' } as const;

const said = (subject: ImageView) => {
  const { code, confidence, retry, alternatives } = conclude(subject);
  return [code, confidence, ...(retry ? [retry] : []), ...alternatives.map((other) => other.code)];
};

const runtime = (text: string | null, withSecrets = true): ProbeAnswer => {
  const message = text && `Failed to pull image "${target}": failed to pull and unpack image "${target}": failed to resolve image: ${text}`;
  return { prober: 'runtime', withSecrets, target, message, at: null };
};
const kubelet = (text: string): ProbeAnswer => {
  const message = text === 'ok' ? 'Readiness probe succeeded' : `Readiness probe failed: ${text}`;
  return { prober: 'kubelet', withSecrets: false, target: `https://${host}/v2/`, message, at: null };
};
const asked = (...answers: readonly ProbeAnswer[]): ImageView =>
  view({ pod: pod({ node: 'n1' }), container: container(), spec: imageSpec(), probe: { ...key, answers } });

const notFound = runtime(`${target}: not found`);
const refused = runtime(`${request}dial tcp 10.0.0.9:443: connect: connection refused`);
const nothing = ['unknown', 'possible'];

describe("the node's view alone, where no text is left", () => {
  const cases: readonly [string, readonly string[]][] = [
    ['dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host', ['dns-failure', 'certain']],
    ['dial tcp 10.0.0.9:443: connect: no route to host', ['no-route', 'certain']],
    ['dial tcp 10.0.0.9:443: i/o timeout', ['connect-timeout', 'certain']],
    ['tls: failed to verify certificate: x509: certificate signed by unknown authority', ['tls-unknown-authority', 'certain']],
    ['http: server gave HTTP response to HTTPS client', ['http-on-https', 'certain']],
  ];
  for (const [words, expected] of cases) test(`runtime: ${words}`, () => assert.deepEqual(said(asked(runtime(request + words))), expected));

  for (const status of ['500 Internal Server Error', '502 Bad Gateway', '503 Service Unavailable']) {
    const words = `unexpected status from HEAD request to https://${host}/v2/payment/manifests/imagepull-probe-0123abcd: ${status}`;
    test(`runtime: a registry that fails at a tag that cannot exist may well serve the one that does: ${status}`, () => {
      const [code, confidence, ...open] = said(asked(runtime(words)));
      assert.deepEqual([code, confidence], ['registry-unavailable', 'likely']);
      assert.ok(open.includes('proxy-cache-upstream'));
      const found: Attempt = { credential: null, result: 'found', authenticated: false, exchanges: [] };
      const registry = { ...key, host, attempts: [found], tags: null, manifest: null, rateLimit: null, blob: null };
      assert.deepEqual(said({ ...asked(runtime(words)), registry }).slice(0, 2), ['registry-unavailable', 'possible'], 'as it does here');
    });
  }

  test('runtime: what it says of the content of a tag that cannot exist is not of the image', () => {
    const [, confidence] = said(asked(runtime('unexpected media type text/html for sha256:0: not found')));
    assert.notEqual(confidence, 'certain');
  });

  const kubelets: readonly [string, readonly string[]][] = [
    ['Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com: no such host', ['dns-failure', 'likely']],
    ['Get "https://registry.example.com/v2/": dial tcp 10.0.0.9:443: connect: connection refused', ['connect-refused', 'likely']],
    ['HTTP probe failed with statuscode: 503', ['registry-unavailable', 'likely']],
    ['HTTP probe failed with statuscode: 429', ['rate-limited', 'likely']],
    ['HTTP probe failed with statuscode: 401', nothing],
    ['HTTP probe failed with statuscode: 404', nothing],
    ['ok', nothing],
  ];
  // What an answer leaves open beside is told in test/causes/probe/unseen.test.ts.
  for (const [words, expected] of kubelets)
    test(`kubelet: ${words}`, () => assert.deepEqual(said(asked(kubelet(words))).slice(0, expected.length), expected));

  test('a demand for credentials by a probe that sent none accuses no credential of the pod', () => {
    assert.deepEqual(said(asked(runtime('authorization failed: no basic auth credentials', false))), nothing);
  });

  test('the kubelet gets through and the runtime does not come back: proxy or mirror', () => {
    assert.deepEqual(said(asked(runtime(null), kubelet('HTTP probe failed with statuscode: 401'))), [
      'connect-timeout',
      'possible',
      'proxy-failure',
      'mirror-misconfigured',
    ]);
  });
});

test('a runtime that says nothing for long waits for packets that do not come', () => {
  assert.deepEqual(said(asked(runtime(null))), ['connect-timeout', 'possible', 'runtime-unavailable']);
  assert.deepEqual(said(asked({ ...runtime(null), refusal: { kind: 'refused', message: 'no' } })), nothing);
});

describe('a tool in a pod', () => {
  const tool = (hostNetwork: boolean, layer: 'dns' | 'tcp' | 'http', detail: string): ProbeAnswer => ({
    prober: 'tool',
    withSecrets: false,
    target: `https://${host}/v2/`,
    message: detail,
    at: null,
    hostNetwork,
    layers: [{ layer, result: 'failed', detail }],
  });
  test('never certain, and merely possible from the network of pods', () => {
    assert.deepEqual(said(asked(tool(true, 'dns', "can't resolve"))), ['dns-failure', 'likely']);
    assert.deepEqual(said(asked(tool(false, 'tcp', 'timed out'))), ['connect-timeout', 'possible']);
    assert.deepEqual(said(asked(tool(true, 'tcp', 'Connection refused'))), ['connect-refused', 'likely']);
    assert.deepEqual(said(asked(tool(true, 'http', 'HTTP/1.1 503 Service Unavailable'))), [
      'registry-unavailable',
      'likely',
      'proxy-cache-upstream',
    ]);
  });
  test('a runtime that answered tells more', () => assert.equal(said(asked(tool(true, 'dns', 'no'), refused))[0], 'connect-refused'));
});

describe('a text, and what the node says now', () => {
  const dns = read(`${request}dial tcp: lookup ${host} on 10.0.0.2:53: no such host`, target);
  test('the registry answers: the cause is over', () => {
    assert.deepEqual(said({ ...asked(notFound), reading: dns }), ['dns-failure', 'likely', 'now']);
  });
  test('an answer without the secrets is an answer all the same, for the network', () => {
    assert.deepEqual(said({ ...asked(runtime('no basic auth credentials', false)), reading: dns }), ['dns-failure', 'likely', 'now']);
  });
  test("the kubelet's answer is not the runtime's", () => {
    assert.deepEqual(said({ ...asked(kubelet('ok')), reading: dns }), ['dns-failure', 'certain']);
  });
  test('another fault than the one in the text: neither is certain', () => {
    assert.deepEqual(said({ ...asked(refused), reading: dns }), ['dns-failure', 'likely', 'connect-refused']);
  });
  test('the same fault again changes nothing', () => {
    const again = runtime(`${request}dial tcp: lookup ${host} on 10.0.0.2:53: no such host`);
    assert.deepEqual(said({ ...asked(again), reading: dns }), ['dns-failure', 'certain']);
  });
});

describe('where the node said nothing', () => {
  const neighbours = (here: readonly [number, number], there: readonly [number, number]): Neighbours => ({
    ...key,
    sameImageWorks: [],
    sameImageFails: [],
    sameRegistryHere: { works: here[0], fails: here[1] },
    sameRegistryElsewhere: { works: there[0], fails: there[1] },
    otherRegistriesHere: { works: 0, fails: 0 },
  });
  const seen = (fault: ConnectionFault | null, result: Attempt['result'] = 'unreachable'): ImageView['registry'] => {
    const exchange = { purpose: 'ping', method: 'GET', url: 'https://x/v2/', status: null, challenge: null, errors: [] } as const;
    const exchanges = [{ ...exchange, fault, body: null, contentType: null, milliseconds: 1 }];
    const attempts = [{ credential: null, result, authenticated: null, exchanges }];
    return { ...key, host, attempts, tags: null, manifest: null, rateLimit: null, blob: null };
  };
  const fault = (layer: ConnectionFault['layer'], code: string) => seen({ layer, code, message: 'm' });

  test("a certificate's dates and names are the same from anywhere; trust and ports may differ", () => {
    assert.deepEqual(said({ ...asked(), registry: fault('tls', 'expired') }), ['tls-expired', 'likely']);
    assert.deepEqual(said({ ...asked(), registry: fault('tls', 'unknown-authority') }), ['tls-unknown-authority', 'possible']);
    assert.deepEqual(said({ ...asked(), registry: fault('connect', 'refused') }), ['connect-refused', 'possible']);
    assert.deepEqual(said({ ...asked(), registry: seen(null, 'unavailable') }), ['registry-unavailable', 'likely']);
  });
  test("this workstation's own names and routes say nothing", () => {
    assert.deepEqual(said({ ...asked(), registry: fault('dns', 'not-found') }), nothing);
    assert.deepEqual(said({ ...asked(), registry: fault('connect', 'timeout') }), nothing);
  });
  test('who else fails tells where to look', () => {
    const other = (...counts: Parameters<typeof neighbours>) => said({ ...asked(), neighbours: neighbours(...counts) });
    assert.deepEqual(other([0, 1], [4, 0]), [...nothing, 'dns-failure', 'connect-timeout', 'mirror-misconfigured']);
    assert.deepEqual(other([0, 1], [0, 4]), [...nothing, 'registry-unavailable', 'connect-timeout', 'rate-limited']);
    assert.deepEqual(other([3, 1], [0, 4]), nothing);
  });
  test('a tag that runs elsewhere and is not found here leaves a mirror open', () => {
    const reading = read(`failed to resolve image: ${host}/payment:v2.1.3: not found`, `${host}/payment:v2.1.3`);
    const works = { ...neighbours([0, 0], [1, 0]), sameImageWorks: [{ pod: 'a/b', node: 'n2' }] };
    assert.ok(said({ ...asked(), reading, neighbours: works }).includes('mirror-misconfigured'));
  });
});

describe('the image itself was pulled once more', () => {
  const canary = (message: string): ProbeAnswer => ({ ...notFound, prober: 'canary', target: `${host}/payment:v2.1.3`, message });
  const dns = read(`${request}dial tcp: lookup ${host} on 10.0.0.2:53: no such host`, target);
  test('it works now, whatever it was', () => {
    const pulled = canary(`Successfully pulled image "${host}/payment:v2.1.3" in 1.2s (1.2s including waiting). Image size: 1 bytes.`);
    assert.deepEqual(said({ ...asked(pulled), reading: dns }), ['dns-failure', 'likely', 'now']);
    assert.deepEqual(said(asked(pulled)), ['unknown', 'possible', 'now']);
  });
  test('it fails: those words stand for the older ones', () => {
    const message = `Failed to pull image "${host}/payment:v2.1.3": ${request}dial tcp 10.0.0.9:443: connect: connection refused`;
    const answers = [canary(message)];
    const made = evidence({
      describe: {
        outcome: 'done',
        milliseconds: 0,
        facts: { containers: [container({ waiting: { reason: 'ImagePullBackOff', message: 'x: no such host' } })] },
      },
      probe: { outcome: 'done', milliseconds: 0, facts: { refusal: null, images: [{ ...key, answers }] } },
    });
    const [seen] = viewsOf(made);
    assert.deepEqual([seen?.reading?.code, seen?.readingSource?.step], ['connect-refused', 'probe']);
  });
});
