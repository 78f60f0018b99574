import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { otherHost, theFailingHost } from '../../../src/causes/facts.ts';
import { conclude } from '../../../src/causes/judge.ts';
import { hostsToAsk } from '../../../src/causes/probe/hosts.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { ProbeAnswer } from '../../../src/values/evidence.ts';
import { attempt, exchange, nodeFacts, registryFacts } from '../../report/evidence-builder.ts';
import { container, imageSpec, pod, view } from '../view-builder.ts';

const registry = 'registry.example.com';
const image = `${registry}/payment:v2.1.3`;
const words = (subject: ImageView) =>
  hostsToAsk(subject).map(({ role, scheme, host, port, path }) => [role, `${scheme}://${host}:${port}${path ?? ''}`]);
const challenged = (realm: string) =>
  attempt({ exchanges: [exchange({ status: 401, challenge: { scheme: 'Bearer', realm, error: null } })] });

describe('the hosts that a pull goes through', () => {
  test('the registry; the realm of its challenge, without its query; the storage of its blobs', () => {
    const blob = { host: 'bucket.example.net', status: null, fault: null, digest: 'sha256:0' };
    const facts = registryFacts({ attempts: [challenged('https://auth.example.com/token?account=x')], blob });
    assert.deepEqual(words(view({ spec: imageSpec(), registry: facts })), [
      ['registry', 'https://registry.example.com:443'],
      ['token', 'https://auth.example.com:443/token'],
      ['blob', 'https://bucket.example.net:443/'],
    ]);
  });
  test("what a message names: Docker Hub's token server always, a mirror, a storage", () => {
    const hub = imageSpec({ reference: { registry: 'docker.io', repository: 'library/busybox', tag: '1', digest: null } });
    assert.deepEqual(words(view({ spec: hub })), [
      ['registry', 'https://registry-1.docker.io:443'],
      ['token', 'https://auth.docker.io:443/token'],
    ]);
    const mirror = read(
      `failed to resolve image: failed to do request: Head "http://10.0.0.9:5000/v2/payment/manifests/v2.1.3?ns=${registry}": EOF`,
      image,
    );
    assert.deepEqual(words(view({ spec: imageSpec(), reading: mirror }))[1], [
      'mirror',
      'http://10.0.0.9:5000/v2/payment/manifests/v2.1.3',
    ]);
    const text =
      'failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://bucket.example.net/a?X-Sig=s": dial tcp: i/o timeout';
    assert.deepEqual(words(view({ spec: imageSpec(), reading: read(text, image) }))[1], ['blob', 'https://bucket.example.net:443/']);
  });
  test('mirrors that only the logs of the node name: the newest three, of this repository', () => {
    const line = (host: string, repository = 'payment') =>
      String.raw`level=info msg="trying next host" error="failed to do request: Head \"https://${host}/v2/${repository}/manifests/v1?ns=[REDACTED]\": i/o timeout" host="${host}"`;
    const lines = ['a:5000', 'b.example', 'c.example', 'd.example', 'b.example'].map((host) => line(host));
    const logs = {
      value: { sources: ['/logs/'], lines: [...lines, line('e.example', 'pay'), 'https://f.example/v2/payment/manifests/v1'] },
    };
    const found = words(view({ spec: imageSpec(), node: nodeFacts({ logs }) }));
    assert.deepEqual(
      found.map(([role, url]) => `${role} ${url}`),
      [
        'registry https://registry.example.com:443',
        'mirror https://b.example:443/v2/payment/manifests/v1',
        'mirror https://d.example:443/v2/payment/manifests/v1',
        'mirror https://c.example:443/v2/payment/manifests/v1',
      ],
    );
  });
  test('each host once; none on the node itself, and no path that is none', () => {
    for (const realm of [
      'https://registry.example.com/token',
      'http://169.254.169.254/latest/',
      'https://localhost/t',
      'https://[::1]/t',
      'http://[::ffff:169.254.169.254]/latest/',
      'http://[fd00:ec2::254]/latest/',
      'http://100.100.100.200/latest/',
      'http://168.63.129.16/machine/',
      'http://2852039166/latest/',
      'https://localhost./t',
      'https://a.localhost/t',
      'http://metadata.google.internal/computeMetadata/v1/',
      'http://METADATA.google.internal./',
      'http://instance-data/latest/',
      'ftp://a/',
      'token',
    ])
      assert.equal(
        words(view({ spec: imageSpec(), registry: registryFacts({ attempts: [challenged(realm)], blob: null }) })).length,
        1,
        realm,
      );
    const odd = registryFacts({ attempts: [challenged('https://auth.example.com/a"b')], blob: null });
    assert.deepEqual(words(view({ spec: imageSpec(), registry: odd }))[1], ['token', 'https://auth.example.com:443/']);
  });
});

describe('a host beside the registry that the node does not reach', () => {
  const kubelet = (text: string, role?: ProbeAnswer['role'], target = `https://${registry}:443/v2/`): ProbeAnswer => ({
    prober: 'kubelet',
    withSecrets: false,
    target,
    ...(role && { role }),
    message: text,
    at: null,
  });
  const reached = kubelet('Readiness probe failed: HTTP probe failed with statuscode: 401');
  const dropped = 'Readiness probe failed: Get "https://auth.example.com:8443/token": context deadline exceeded';
  const token = kubelet(dropped, 'token', 'https://auth.example.com:8443/token');
  const silent: ProbeAnswer = { prober: 'runtime', withSecrets: true, target: image, message: null, at: null };
  const asked = (answers: readonly ProbeAnswer[], over: Partial<ImageView> = {}) =>
    view({
      pod: pod({ node: 'n1' }),
      container: container(),
      spec: imageSpec(),
      probe: { container: 'app', kind: 'container', answers },
      ...over,
    });
  const said = (subject: ImageView) => {
    const { code, confidence, retry } = conclude(subject);
    return [code, confidence, ...(retry ? [retry] : [])];
  };

  test('the token server, where the runtime waits for it in vain: it is named', () => {
    const subject = asked([silent, reached, token]);
    assert.deepEqual(said(subject), ['connect-timeout', 'likely']);
    assert.equal(theFailingHost(subject), 'auth.example.com:8443 (asked on the way to registry.example.com)');
    assert.equal(otherHost(subject), 'auth.example.com:8443');
  });
  test('where the kubelet does not reach the registry either, the node may have another way out', () => {
    const unreached = kubelet('Readiness probe failed: dial tcp 10.0.0.1:443: connect: connection refused');
    assert.deepEqual(said(asked([silent, unreached, token])), ['connect-refused', 'likely']);
    assert.equal(otherHost(asked([silent, unreached, token])), null);
  });
  test('a runtime that was answered had its token, and no blob yet', () => {
    const missing: ProbeAnswer = {
      ...silent,
      target: `${registry}/payment:imagepull-probe-0`,
      message: `Failed to pull image "x": ${registry}/payment:imagepull-probe-0: not found`,
    };
    assert.deepEqual(said(asked([missing, reached, token])), ['unknown', 'possible']);
    const storage = kubelet(
      'Readiness probe failed: dial tcp 10.0.0.7:443: connect: connection refused',
      'blob',
      'https://bucket.example.net/',
    );
    assert.deepEqual(said(asked([missing, reached, storage])), ['connect-refused', 'likely']);
    const served = kubelet('Readiness probe failed: HTTP probe failed with statuscode: 503', 'blob', 'https://bucket.example.net/');
    assert.deepEqual(said(asked([missing, reached, served])), ['unknown', 'possible'], 'any status of a storage is an answer');
  });
  test('a mirror is blamed as such', () => {
    const mirror = kubelet(
      'Readiness probe failed: dial tcp 10.0.0.9:5000: connect: connection refused',
      'mirror',
      'http://10.0.0.9:5000/v2/',
    );
    assert.deepEqual(said(asked([silent, reached, mirror])), ['mirror-misconfigured', 'likely']);
    const passedBy: ProbeAnswer = { ...silent, message: `Failed to pull image "x": ${registry}/payment:imagepull-probe-0: not found` };
    assert.deepEqual(said(asked([passedBy, reached, mirror])), ['unknown', 'possible'], 'a runtime goes past a mirror that fails');
  });
  test('that the registry answers now does not end a fault of the storage', () => {
    const missing: ProbeAnswer = {
      ...silent,
      target: `${registry}/payment:imagepull-probe-0`,
      message: `Failed to pull image "x": ${registry}/payment:imagepull-probe-0: not found`,
    };
    const text =
      'failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://bucket.example.net/a?X-Sig=s": dial tcp 10.0.0.7:443: connect: connection refused';
    assert.deepEqual(said(asked([missing], { reading: read(text, image) })), ['connect-refused', 'certain']);
  });
});

test('a certificate that the authorities of a tool do not know is a doubt, and one that has expired a fault', () => {
  const tool = (result: 'unknown' | 'failed', detail: string): ImageView =>
    view({
      pod: pod({ node: 'n1' }),
      spec: imageSpec(),
      probe: {
        container: 'app',
        kind: 'container',
        answers: [
          { prober: 'kubelet', withSecrets: false, target: '', message: 'Readiness probe succeeded', at: null },
          {
            prober: 'tool',
            withSecrets: false,
            target: '',
            message: detail,
            at: null,
            hostNetwork: true,
            layers: [
              { layer: 'tls', result, detail },
              { layer: 'http', result: 'ok', detail: 'status 404' },
            ],
          },
        ],
      },
    });
  const code = (subject: ImageView) => [conclude(subject).code, conclude(subject).confidence];
  assert.deepEqual(code(tool('unknown', 'certificate signed by unknown authority, by the authorities of this image: 19')), [
    'tls-unknown-authority',
    'possible',
  ]);
  assert.deepEqual(code(tool('failed', 'certificate has expired: subject=CN = a')), ['tls-expired', 'likely']);
  assert.deepEqual(code(tool('failed', 'certificate is valid for other.example, not registry.example.com: x')), [
    'tls-name-mismatch',
    'likely',
  ]);
});
