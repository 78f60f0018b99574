import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import type { Evidence } from '../../../src/values/evidence.ts';
import { attempt, done, evidence, exchange, failedPull, registryFacts, secret, skipped } from '../../report/evidence-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const denied = `failed to pull and unpack image "${image}": failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`;
const unauthorized = `failed to pull and unpack image "${image}": failed to resolve image: unexpected status from HEAD request to https://registry.example.com/v2/payment/manifests/v2.1.3: 401 Unauthorized`;

function open(text: string, over: Partial<Evidence> = {}): readonly string[] {
  const [verdict] = judge(
    evidence({
      events: done({ events: failedPull(image, text), sandboxImage: null }),
      secrets: done({ secrets: [], images: [{ container: 'app', kind: 'container', tries: [], nearest: null }] }),
      registry: skipped('--no-registry'),
      ...over,
    }),
  );
  return [verdict?.code ?? '', ...(verdict?.alternatives.map(({ code }) => code) ?? [])];
}

test('a pod without pull secrets has none for another registry', () => {
  for (const text of [denied, unauthorized]) assert.ok(!open(text).includes('pull-secret-wrong-registry'), open(text).join());
});

test('secrets that may not be read may be at fault', () => {
  const obstacle = { kind: 'forbidden', message: 'no', permission: 'get secrets' } as const;
  const unreadable = secret({ state: 'unreadable', obstacle, entries: [] });
  const secrets = done({ secrets: [unreadable], images: [{ container: 'app', kind: 'container' as const, tries: [], nearest: null }] });
  assert.ok(open(denied, { secrets }).includes('pull-secret-wrong-registry'));
});

test('a credential that was not sent was not refused', () => {
  assert.deepEqual(
    open(denied).filter((code) => /^auth-(?:rejected|expired|forbidden)$/.test(code)),
    [],
  );
});

test("a certificate that this workstation sees expired as well is not the node's clock", () => {
  const text = `failed to pull and unpack image "${image}": failed to resolve image: failed to do request: Head "https://registry.example.com/v2/": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-10-05T11:00:00Z is after 2026-10-01T00:00:00Z`;
  const fixes = (fault: ReturnType<typeof exchange>['fault']) =>
    JSON.stringify(
      judge(
        evidence({
          events: done({ events: failedPull(image, text), sandboxImage: null }),
          registry: done({
            images: [registryFacts({ attempts: [attempt({ result: 'unreachable', exchanges: [exchange({ status: null, fault })] })] })],
          }),
        }),
      )[0]?.fixes,
    );
  assert.doesNotMatch(fixes({ layer: 'tls', code: 'expired', message: 'certificate has expired' }), /clock/);
  assert.match(fixes({ layer: 'dns', code: 'not-found', message: 'ENOTFOUND' }), /clock/);
});
