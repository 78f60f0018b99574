import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import type { Evidence } from '../../../src/values/evidence.ts';
import {
  ago,
  container,
  done,
  event,
  evidence,
  failedPull,
  imageSpec,
  neighbours,
  nodeFacts,
  pod,
  reference,
  registryFacts,
} from '../../report/evidence-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';

function first(over: Partial<Evidence>) {
  return judge(evidence(over))[0] ?? assert.fail();
}

function failed(clause: string) {
  const text = `failed to pull and unpack image "${image}": failed to resolve image: failed to do request: Head "https://registry.example.com/v2/payment/manifests/v2.1.3": ${clause}`;
  return first({ events: done({ events: failedPull(image, text), sandboxImage: null }) });
}

test('who awaited the headers of an answer was connected: no firewall is blamed', () => {
  const hung = failed('net/http: timeout awaiting response headers');
  assert.equal(hung.code, 'connect-timeout');
  assert.match(hung.explanation, /connected to registry\.example\.com, which took the request and did not answer/);
  assert.match(hung.fixes[0]?.title ?? '', /^look at registry\.example\.com itself/);
  assert.doesNotMatch(JSON.stringify(hung), /security group|HTTPS_PROXY/);
  assert.match(failed('dial tcp 10.0.0.9:443: i/o timeout').explanation, /firewall drops/);
});

test('an image of localhost that the node does not have is to be loaded, not a registry to be started', () => {
  const local = 'localhost/pause:2';
  const text = `failed to pull and unpack image "${local}": failed to resolve image: failed to do request: Head "https://localhost/v2/pause/manifests/2": dial tcp 127.0.0.1:443: connect: connection refused`;
  const elsewhere = { ...neighbours(), sameRegistryHere: { works: 0, fails: 1 }, sameRegistryElsewhere: { works: 3, fails: 0 } };
  const asked = reference({ registry: 'localhost', repository: 'pause', tag: '2' });
  const verdict = first({
    describe: done({ containers: [container({ image: local, waiting: { reason: 'ErrImagePull', message: text } })] }),
    events: done({ events: failedPull(local, text), sandboxImage: null }),
    spec: done({
      images: [imageSpec({ image: local, reference: asked })],
      pullSecrets: [],
      serviceAccount: { value: { name: 'default', pullSecrets: [] } },
      nodeSelector: {},
    }),
    node: done(nodeFacts({ neighbours: { value: [elsewhere] } })),
  });
  assert.match(verdict.explanation, /is in no registry: .* node ip-10-0-3-7 does not have this one/);
  assert.match(verdict.fixes[0]?.title ?? '', /^load the image onto node/);
  assert.doesNotMatch(JSON.stringify(verdict.fixes), /cordon|start the registry/);
});

function pulling(minutes: number, size: number) {
  return first({
    pod: pod({ createdAt: ago(minutes * 60) }),
    describe: done({ containers: [container({ pull: 'pulling', waiting: { reason: 'ContainerCreating', message: null } })] }),
    events: done({
      events: [event({ type: 'Normal', reason: 'Pulling', first: ago(minutes * 60), last: ago(minutes * 60) })],
      sandboxImage: null,
    }),
    registry: done({
      images: [
        registryFacts({
          attempts: [],
          manifest: { mediaType: 'm', digest: null, platforms: [{ os: 'linux', architecture: 'amd64' }], configMediaType: null, size },
        }),
      ],
    }),
  });
}

test('a small image that is pulled for an hour and a half is not told to need time', () => {
  const slow = pulling(90, 98 * 1024);
  assert.equal(slow.code, 'still-pulling');
  assert.match(slow.explanation, /has been pulling .* \(98 KiB compressed\) for 90 minutes, .* longer than it should take: it hangs/);
  assert.doesNotMatch(pulling(5, 98 * 1024).explanation, /hangs/);
  assert.doesNotMatch(pulling(90, 20 * 2 ** 30).explanation, /hangs/, 'of twenty GiB it may be true');
});
