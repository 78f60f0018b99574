import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../src/causes/judge.ts';
import { read } from '../../src/causes/reader/read.ts';
import { alternative } from '../../src/causes/tell-apart.ts';
import type { Finding, ImageView } from '../../src/causes/view.ts';
import type { Attempt, AttemptResult, CredentialEntry, ImageRegistryFacts, SecretFacts } from '../../src/values/evidence.ts';
import { container, imageSpec, registryFacts, view } from './view-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const pull = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": `;

const text = (clause: string): Partial<ImageView> => ({ reading: read(pull + clause, image), spec: imageSpec() });

const tag = text(`${image}: not found`);
const noCredential = text(
  'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
);
const bare401 = text(`unexpected status from HEAD request to https://registry.example.com/v2/payment/manifests/v2.1.3: 401 Unauthorized`);
const hub = text(
  'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
);
const dns = text(
  'failed to do request: Head "https://registry.example.com/v2/payment/manifests/v2.1.3": dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host',
);
const mirror = text(
  'failed to do request: Head "https://mirror.example:5000/v2/payment/manifests/v2.1.3?ns=registry.example.com": dial tcp 10.0.0.9:5000: connect: connection refused',
);

const user = { secret: 'regcred', key: 'registry.example.com', user: 'ci' };

function attempt(result: AttemptResult, credential: Attempt['credential'] = null, authenticated: boolean | null = null): Attempt {
  return { credential, result, authenticated, exchanges: [] };
}

function registry(attempts: readonly Attempt[], more: Partial<ImageRegistryFacts> = {}): Partial<ImageView> {
  return { registry: registryFacts(attempts, more) };
}

function secret(name: string, state: SecretFacts['state'], entries: readonly CredentialEntry[] = []): SecretFacts {
  return { name, state, obstacle: null, type: null, fault: null, createdAt: null, changedAt: null, entries };
}

const entry = (overrides: Partial<CredentialEntry> = {}): CredentialEntry => ({
  key: 'registry.example.com',
  user: 'ci',
  empty: false,
  expiresAt: null,
  remarks: [],
  ...overrides,
});

const nothingSent = { credentials: { container: 'app', kind: 'container', tries: [], nearest: null } } as const;
const oneSent = {
  credentials: { container: 'app', kind: 'container', tries: [user], nearest: null },
  secrets: [secret('regcred', 'usable', [entry()])],
} as const;

function probe(message: string): Partial<ImageView> {
  const target = 'registry.example.com/payment:imagepull-probe-1';
  return { probe: { container: 'app', kind: 'container', answers: [{ prober: 'runtime', withSecrets: true, target, message, at: null }] } };
}

const answered = probe(
  `Failed to pull image "registry.example.com/payment:imagepull-probe-1": ${pull.replaceAll('v2.1.3', 'imagepull-probe-1')}registry.example.com/payment:imagepull-probe-1: not found`,
);

const ecr403 = text(
  'unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/payment/manifests/v2.1.3: 403 Forbidden',
);
const page = registry([
  {
    credential: null,
    result: 'bad-response',
    authenticated: null,
    exchanges: [
      {
        purpose: 'manifest',
        method: 'GET',
        url: 'https://registry.example.com/v2/payment/manifests/v2.1.3',
        status: 200,
        fault: null,
        challenge: null,
        errors: [],
        body: '<html>',
        contentType: 'text/html',
        milliseconds: 1,
      },
    ],
  },
]);

const others = { count: 3, complete: true, nearest: [], newest: null };
const upstream = alternative('proxy-cache-upstream');
const of = (host: string, repository: string): Partial<ImageView> => ({
  spec: imageSpec({ reference: { registry: host, repository, tag: 'v2.1.3', digest: null } }),
});

type Expected = Pick<Finding, 'code'> & Partial<Finding>;
const cases: readonly [what: string, evidence: Partial<ImageView>, expected: Expected][] = [
  ['a 404 at the node alone leaves the repository open', tag, { code: 'manifest-not-found', confidence: 'likely' }],
  [
    'the registry lists other tags, and its 404 is its own',
    { ...tag, ...registry([attempt('manifest-unknown')], { tags: others, deniesItself: true }) },
    { code: 'manifest-not-found', confidence: 'certain' },
  ],
  [
    'the registry lists other tags, and may be a cache',
    { ...tag, ...registry([attempt('manifest-unknown')], { tags: others }) },
    { code: 'manifest-not-found', confidence: 'likely', alternatives: [upstream] },
  ],
  [
    'a service that is never a cache lists other tags',
    { ...tag, ...of('ghcr.io', 'acme/payment'), ...registry([attempt('manifest-unknown')], { tags: others }) },
    { code: 'manifest-not-found', confidence: 'certain' },
  ],
  [
    "GitLab's cache beside its registry",
    {
      ...tag,
      ...of('registry.gitlab.com', 'acme/dependency_proxy/containers/alpine'),
      ...registry([attempt('manifest-unknown')], { tags: others }),
    },
    { code: 'manifest-not-found', confidence: 'likely', alternatives: [upstream] },
  ],
  [
    'Amazon ECR, where any prefix may be that of a pull-through cache',
    {
      ...tag,
      ...of('123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'docker-hub/library/nginx'),
      ...registry([attempt('repository-unknown')]),
    },
    { code: 'repository-not-found', confidence: 'likely', alternatives: [upstream] },
  ],
  [
    'the registry calls the tag unknown, and lists none: it may be the repository',
    { ...tag, ...registry([attempt('manifest-unknown')]) },
    { code: 'manifest-not-found', confidence: 'likely' },
  ],
  [
    'the registry does not know the repository',
    { ...tag, ...registry([attempt('repository-unknown')], { deniesItself: true }) },
    { code: 'repository-not-found', confidence: 'certain' },
  ],
  [
    'the tag is there by now',
    { ...tag, ...registry([attempt('found')]) },
    { code: 'manifest-not-found', confidence: 'likely', retry: 'now' },
  ],
  [
    'a registry that this workstation cannot reach says nothing',
    { ...tag, ...registry([attempt('unreachable')]) },
    { code: 'manifest-not-found', confidence: 'likely' },
  ],
  [
    'a missing tag is no matter of a missing Secret',
    { ...tag, ...nothingSent, secrets: [secret('ghost', 'missing')] },
    { code: 'manifest-not-found' },
  ],

  [
    'nothing was sent, and a Secret is missing',
    { ...noCredential, ...nothingSent, secrets: [secret('ghost', 'missing')] },
    { code: 'pull-secret-missing', confidence: 'certain' },
  ],
  [
    'nothing was sent, and a Secret cannot be used',
    { ...noCredential, ...nothingSent, secrets: [secret('opaque', 'faulty')] },
    { code: 'pull-secret-malformed', confidence: 'certain' },
  ],
  [
    'nothing was sent, and the Secret is for another registry',
    { ...noCredential, ...nothingSent, secrets: [secret('other', 'usable', [entry({ key: 'other.example' })])] },
    { code: 'pull-secret-wrong-registry', confidence: 'certain' },
  ],
  [
    'nothing was sent, and two Secrets are at fault',
    { ...noCredential, ...nothingSent, secrets: [secret('ghost', 'missing'), secret('other', 'usable')] },
    { code: 'pull-secret-missing', confidence: 'likely' },
  ],
  [
    'a registry that hides what exists leaves a missing Secret likely',
    { ...hub, ...nothingSent, secrets: [secret('ghost', 'missing')] },
    { code: 'pull-secret-missing', confidence: 'likely' },
  ],
  [
    'the pod names no Secret and the registry refuses anyone',
    { ...noCredential, ...nothingSent, ...registry([attempt('unauthorized')]) },
    { code: 'auth-required', confidence: 'certain' },
  ],
  [
    'Secrets that may not be read leave theirs open',
    { ...noCredential, ...nothingSent, secrets: [secret('regcred', 'unreadable')] },
    { code: 'auth-required', confidence: 'likely' },
  ],

  ['a 401 to a credential that was sent', { ...bare401, ...oneSent }, { code: 'auth-rejected', confidence: 'likely' }],
  [
    'the registry refuses the credential here too',
    { ...bare401, ...oneSent, ...registry([attempt('token-refused', user, false), attempt('unauthorized')]) },
    { code: 'auth-rejected', confidence: 'certain' },
  ],
  [
    'the credential is accepted and lacks the right',
    { ...bare401, ...oneSent, ...registry([attempt('forbidden', user, true), attempt('unauthorized')]) },
    { code: 'auth-forbidden', confidence: 'certain' },
  ],
  [
    'the credential works by now',
    { ...bare401, ...oneSent, ...registry([attempt('found', user, true)]) },
    { code: 'auth-rejected', confidence: 'likely', retry: 'now' },
  ],
  [
    'the credential says itself that it has expired',
    { ...bare401, ...oneSent, secrets: [secret('regcred', 'usable', [entry({ expiresAt: '2026-11-19T00:00:00Z' })])] },
    { code: 'auth-expired', confidence: 'likely' },
  ],
  [
    'and the registry refuses it',
    {
      ...bare401,
      ...oneSent,
      secrets: [secret('regcred', 'usable', [entry({ expiresAt: '2026-11-19T00:00:00Z' })])],
      ...registry([attempt('token-refused', user, false)]),
    },
    { code: 'auth-expired', confidence: 'certain' },
  ],

  ['no such host', dns, { code: 'dns-failure', confidence: 'certain' }],
  [
    'no such host, but a moment ago the node was answered',
    { ...dns, ...answered },
    { code: 'dns-failure', confidence: 'likely', retry: 'now' },
  ],
  [
    'nothing but the probe says what is wrong',
    {
      spec: imageSpec(),
      ...probe(`${pull}failed to do request: Head "https://registry.example.com/v2/": dial tcp 10.0.0.9:443: connect: connection refused`),
    },
    { code: 'connect-refused' },
  ],
  ['nothing at all says what is wrong', { spec: imageSpec() }, { code: 'unknown', confidence: 'possible' }],
  ['a mirror that refuses', mirror, { code: 'mirror-misconfigured', confidence: 'likely' }],

  [
    'a chart where an image should be',
    {
      spec: imageSpec(),
      ...registry([attempt('found')], {
        manifest: {
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          digest: null,
          platforms: [],
          configMediaType: 'application/vnd.cncf.helm.config.v1+json',
          size: null,
        },
      }),
    },
    { code: 'unsupported-manifest', confidence: 'likely' },
  ],
  [
    'an image name that does not parse',
    { spec: imageSpec({ reference: null, invalid: { message: 'invalid reference format', suggestion: null } }) },
    { code: 'invalid-image-name' },
  ],
  [
    'policy Never',
    { container: container({ waiting: { reason: 'ErrImageNeverPull', message: null } }) },
    { code: 'never-pull', confidence: 'likely' },
  ],

  [
    'a 403 to the node itself is not the fault of a Secret that is missing',
    { ...ecr403, ...nothingSent, secrets: [secret('ghost', 'missing')] },
    { code: 'auth-forbidden', confidence: 'likely' },
  ],
  [
    'a bare 401 does not prove that nothing was sent',
    { ...bare401, ...nothingSent, secrets: [secret('other', 'usable', [entry({ key: 'other.example' })])] },
    { code: 'pull-secret-wrong-registry', confidence: 'likely' },
  ],
  [
    'a digest that a cache does not have may be its upstream, whatever tags it lists',
    {
      ...tag,
      spec: imageSpec({
        reference: { registry: 'company.jfrog.io', repository: 'payment', tag: null, digest: `sha256:${'a'.repeat(64)}` },
      }),
      ...registry([attempt('manifest-unknown')], {
        host: 'company.jfrog.io',
        tags: { count: 3, complete: true, nearest: [], newest: null },
      }),
    },
    { code: 'manifest-not-found', confidence: 'likely' },
  ],
  ['a page that only this workstation saw', { ...tag, ...page }, { code: 'manifest-not-found', confidence: 'likely' }],
  [
    'a waiting reason that nobody knows',
    { container: container({ pull: 'unknown', waiting: { reason: 'SomethingNew', message: 'cannot pull the image' } }) },
    { code: 'unknown', confidence: 'possible' },
  ],

  [
    'a running container',
    { container: container({ pull: 'pulled', running: true, waiting: null }) },
    { code: 'none', confidence: 'certain' },
  ],
  [
    'a pull that is under way',
    { container: container({ pull: 'pulling', waiting: { reason: 'ContainerCreating', message: null } }) },
    { code: 'still-pulling' },
  ],
];

for (const [what, evidence, expected] of cases) {
  test(what, () => {
    const finding = conclude(view(evidence));
    const seen = Object.fromEntries(Object.keys(expected).map((key) => [key, finding[key as keyof Finding]]));
    assert.deepEqual(seen, expected);
    if (finding.confidence === 'certain') assert.deepEqual(finding.alternatives, [], 'what is certain leaves nothing open');
  });
}

test("nobody's limit is not that of a pod with a credential", () => {
  const message = `Failed to pull image "registry.example.com/payment:x": failed to resolve reference "registry.example.com/payment:x": unexpected status from HEAD request to https://registry.example.com/v2/payment/manifests/x: 429 Too Many Requests: toomanyrequests: You have reached your unauthenticated pull rate limit`;
  const answer = { prober: 'runtime', withSecrets: false, target: 'registry.example.com/payment:x', message, at: null } as const;
  const heard = { probe: { container: 'app', kind: 'container', answers: [answer] }, spec: imageSpec() } as const;
  const said = (more: Partial<ImageView>) => {
    const { code, confidence } = conclude(view({ ...heard, ...more }));
    return [code, confidence];
  };
  assert.deepEqual(said(oneSent), ['rate-limited', 'likely']);
  assert.deepEqual(said(nothingSent), ['rate-limited', 'certain']);
});
