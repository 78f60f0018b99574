import type { ImageView } from '../../src/causes/view.ts';
import type { Attempt, ContainerFacts, Evidence, ImageRegistryFacts, ImageSpec, PodFacts } from '../../src/values/evidence.ts';

const skipped = { milliseconds: 0, outcome: 'skipped', reason: 'not asked' } as const;

export function pod(overrides: Partial<PodFacts> = {}): PodFacts {
  return {
    namespace: 'shop',
    name: 'payment-7d4b8c6f9b-xyz12',
    uid: '6f0c1a52-8a7e-4a53-9c7e-0d2f5f1a2b3c',
    createdAt: '2026-11-20T09:55:00Z',
    phase: 'Pending',
    reason: null,
    message: null,
    deletedAt: null,
    owner: null,
    node: null,
    unscheduled: null,
    serviceAccount: 'default',
    ...overrides,
  };
}

export function container(overrides: Partial<ContainerFacts> = {}): ContainerFacts {
  return {
    container: 'app',
    kind: 'container',
    image: 'registry.example.com/payment:v2.1.3',
    pullPolicy: 'IfNotPresent',
    pull: 'failing',
    waiting: { reason: 'ImagePullBackOff', message: null },
    terminated: null,
    running: false,
    restarts: 0,
    imageId: null,
    log: null,
    source: 'status.containerStatuses[0]',
    ...overrides,
  };
}

export function evidence(overrides: Partial<Evidence> = {}): Evidence {
  return {
    apiVersion: 'imagepull/v1',
    kind: 'PullEvidence',
    collectedAt: '2026-11-20T10:00:00Z',
    pod: pod(),
    describe: skipped,
    events: skipped,
    spec: skipped,
    secrets: skipped,
    registry: skipped,
    probe: skipped,
    node: skipped,
    ...overrides,
  };
}

export function imageSpec(overrides: Partial<ImageSpec> = {}): ImageSpec {
  return {
    container: 'app',
    kind: 'container',
    image: 'registry.example.com/payment:v2.1.3',
    reference: { registry: 'registry.example.com', repository: 'payment', tag: 'v2.1.3', digest: null },
    invalid: null,
    defaults: [],
    pullPolicy: 'IfNotPresent',
    ...overrides,
  };
}

/** The barest view there can be: a failing container of a bare pod, and not one step that found anything out. */
export function view(overrides: Partial<ImageView> = {}): ImageView {
  return {
    evidence: evidence({ pod: overrides.pod ?? pod() }),
    pod: pod(),
    container: container(),
    spec: null,
    events: [],
    reading: null,
    readingSource: null,
    secrets: [],
    credentials: null,
    registry: null,
    probe: null,
    node: null,
    neighbours: null,
    ...overrides,
  };
}

/** A view in which every step found something: a Deployment's pod on a node, with a pull secret and a registry that answered. */
export function richView(overrides: Partial<ImageView> = {}): ImageView {
  const at = '2026-11-20T09:58:00Z';
  const credential = { secret: 'regcred', key: 'registry.example.com', user: 'ci-puller' };
  const neighbours = {
    container: 'app',
    kind: 'container',
    sameImageWorks: [{ pod: 'shop/payment-old', node: 'node-b' }],
    sameImageFails: [],
    sameRegistryHere: { works: 0, fails: 1 },
    sameRegistryElsewhere: { works: 14, fails: 0 },
    otherRegistriesHere: { works: 9, fails: 0 },
  } as const;
  const subject = pod({ owner: { kind: 'Deployment', name: 'payment' }, node: 'ip-10-0-3-7' });
  return view({
    pod: subject,
    evidence: evidence({
      pod: subject,
      spec: {
        milliseconds: 1,
        outcome: 'done',
        facts: {
          images: [imageSpec()],
          pullSecrets: ['regcred', 'ghost'],
          serviceAccount: { value: { name: 'default', pullSecrets: [] } },
          nodeSelector: {},
        },
      },
    }),
    spec: imageSpec({ defaults: [] }),
    events: [
      {
        name: 'e1',
        type: 'Normal',
        reason: 'Pulling',
        message: 'Pulling image "registry.example.com/payment:v2.1.3"',
        container: 'app',
        image: 'registry.example.com/payment:v2.1.3',
        count: 4,
        first: '2026-11-20T09:55:00Z',
        last: at,
        from: 'kubelet',
      },
    ],
    reading: {
      code: 'unknown',
      confidence: 'likely',
      alternatives: [],
      error: {
        stage: 'resolve',
        runtime: 'containerd',
        image: 'registry.example.com/payment:v2.1.3',
        request: {
          method: 'HEAD',
          url: 'https://registry.example.com/v2/payment/manifests/v2.1.3',
          host: 'registry.example.com',
          mirrored: false,
        },
        status: 404,
        registryErrors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }],
        credentialSent: true,
        grpcCode: 'NotFound',
        clause: 'not found',
        raw: 'failed to pull and unpack image "registry.example.com/payment:v2.1.3": failed to resolve image: not found',
      },
    },
    readingSource: { step: 'events', source: 'event e2', at },
    secrets: [
      {
        name: 'regcred',
        state: 'usable',
        obstacle: null,
        type: 'kubernetes.io/dockerconfigjson',
        fault: null,
        createdAt: at,
        changedAt: at,
        entries: [
          {
            key: 'registry.example.com',
            user: 'ci-puller',
            empty: false,
            expiresAt: '2026-11-20T09:00:00Z',
            remarks: ['password-ends-in-newline'],
          },
        ],
      },
      { name: 'ghost', state: 'missing', obstacle: null, type: null, fault: null, createdAt: null, changedAt: null, entries: [] },
      {
        name: 'broken',
        state: 'faulty',
        obstacle: null,
        type: 'Opaque',
        fault: { code: 'wrong-type', detail: 'type Opaque' },
        createdAt: at,
        changedAt: at,
        entries: [],
      },
    ],
    credentials: { container: 'app', kind: 'container', tries: [credential], nearest: null },
    registry: {
      container: 'app',
      kind: 'container',
      host: 'registry.example.com',
      attempts: [{ credential, result: 'manifest-unknown', authenticated: true, exchanges: [] }],
      tags: { count: 212, complete: true, nearest: ['v2.1.2', 'v2.1.1'], newest: 'v2.2.0' },
      manifest: {
        mediaType: 'application/vnd.oci.image.index.v1+json',
        digest: null,
        platforms: [{ os: 'linux', architecture: 'arm64', variant: 'v8' }],
        configMediaType: null,
        size: 157_286_400,
      },
      rateLimit: { limit: 100, remaining: 3, windowSeconds: 21_600, source: '203.0.113.7', retryAfterSeconds: null },
      blob: null,
    },
    probe: null,
    node: {
      name: 'ip-10-0-3-7',
      platform: { os: 'linux', architecture: 'amd64' },
      kubelet: 'v1.34.1-eks-113cf36',
      runtime: 'containerd://2.1.4',
      createdAt: '2026-01-01T00:00:00Z',
      provider: 'aws:///eu-west-1a/i-0123456789abcdef0',
      conditions: [],
      imageFs: { value: { availableBytes: 3_221_225_472, capacityBytes: 21_474_836_480, inodesFree: null, inodes: null } },
      imagesPresent: [],
      events: [],
      neighbours: { value: [neighbours] },
    },
    neighbours,
    ...overrides,
  });
}

/** What a registry answered about the image of `view`: nothing but these attempts, unless told. */
export function registryFacts(attempts: readonly Attempt[], more: Partial<ImageRegistryFacts> = {}): ImageRegistryFacts {
  const none = { tags: null, manifest: null, rateLimit: null, blob: null };
  return { container: 'app', kind: 'container', host: 'registry.example.com', attempts, ...none, ...more };
}
