import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import type { CredentialName, Evidence, SecretFacts } from '../../../src/values/evidence.ts';
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

test('what would show an alternative is not what this report shows already, nor what it cannot show', () => {
  const url = 'https://registry.example.com/v2/payment/manifests/v2.1.3';
  const signs = (status: string, tries: readonly CredentialName[], secrets: readonly SecretFacts[]) => {
    const text = `failed to pull and unpack image "${image}": failed to resolve image: unexpected status from HEAD request to ${url}: ${status}`;
    const [verdict] = judge(
      evidence({
        events: done({ events: failedPull(image, text), sandboxImage: null }),
        secrets: done({ secrets, images: [{ container: 'app', kind: 'container', tries, nearest: null }] }),
        registry: skipped('--no-registry'),
      }),
    );
    return Object.fromEntries((verdict?.alternatives ?? []).map(({ code, tellApart }) => [code, tellApart]));
  };
  assert.match(signs('403 Forbidden', [], [])['auth-required'] ?? '', /^the same request with a valid credential succeeds/);
  assert.match(signs('401 Unauthorized', [], [])['auth-rejected'] ?? '', /^the node has a credential of its own/);
  const tried = { secret: 'regcred', key: 'registry.example.com', user: 'ci' };
  const token = 'failed to authorize: failed to fetch oauth token: unexpected status from GET request';
  const refused = (entry: CredentialName) =>
    judge(
      evidence({
        events: done({
          events: failedPull(
            image,
            `failed to pull and unpack image "${image}": ${token} to https://registry.example.com/token: 401 Unauthorized`,
          ),
          sandboxImage: null,
        }),
        secrets: done({ secrets: [secret()], images: [{ container: 'app', kind: 'container', tries: [entry], nearest: null }] }),
        registry: skipped('--no-registry'),
      }),
    )[0]?.alternatives.find(({ code }) => code === 'auth-expired')?.tellApart ?? '';
  assert.equal(refused(tried), 'a credential made today succeeds');
  assert.match(refused({ ...tried, key: '1.dkr.ecr.eu-west-1.amazonaws.com', user: 'AWS' }), /12 hours for ECR/);
});
