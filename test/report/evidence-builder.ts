import type { CauseTitles } from '../../src/report/make-report.ts';
import { causeCodes } from '../../src/values/cause-code.ts';
import type {
  Attempt,
  ContainerFacts,
  Evidence,
  Exchange,
  ImageRegistryFacts,
  ImageSpec,
  NodeFacts,
  Obstacle,
  PodEvent,
  PodFacts,
  Reference,
  SecretFacts,
  Step,
} from '../../src/values/evidence.ts';
import type { Verdict } from '../../src/values/verdict.ts';

/** The moment at which all evidence of these tests was read. */
export const now = '2026-10-05T12:00:00Z';

/** A time so many seconds before. */
export function ago(seconds: number): string {
  return new Date(Date.parse(now) - seconds * 1000).toISOString().replace('.000', '');
}

export const titles = Object.fromEntries(
  causeCodes.map((code) => [code, { title: `the title of ${code}`, family: 'other' }]),
) as unknown as CauseTitles;

export const done = <Facts>(facts: Facts, milliseconds = 12): Step<Facts> => ({ outcome: 'done', facts, milliseconds });
export const skipped = (reason: string): Step<never> => ({ outcome: 'skipped', reason, milliseconds: 0 });
export const unknown = (obstacle: Obstacle, milliseconds = 7): Step<never> => ({ outcome: 'unknown', obstacle, milliseconds });
export const forbidden = (permission: string): Obstacle => ({
  kind: 'forbidden',
  message: `User "dev" cannot ${permission}`,
  permission,
});

export function pod(over: Partial<PodFacts> = {}): PodFacts {
  return {
    namespace: 'shop',
    name: 'payment-7d4b8c6f9b-xyz12',
    uid: '0c5f4e2a-6b1d-4f6e-9a3b-2f1f6f0f7d11',
    createdAt: ago(305),
    phase: 'Pending',
    reason: null,
    message: null,
    deletedAt: null,
    owner: { kind: 'Deployment', name: 'payment' },
    node: 'ip-10-0-3-7',
    unscheduled: null,
    serviceAccount: 'default',
    ...over,
  };
}

export function container(over: Partial<ContainerFacts> = {}): ContainerFacts {
  return {
    container: 'app',
    kind: 'container',
    image: 'registry.example.com/payment:v2.1.3',
    pullPolicy: 'IfNotPresent',
    pull: 'failing',
    waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "registry.example.com/payment:v2.1.3"' },
    terminated: null,
    running: false,
    restarts: 0,
    imageId: null,
    log: null,
    source: 'status.containerStatuses[0]',
    ...over,
  };
}

export const runs = { pull: 'pulled', waiting: null, running: true } as const;

let serial = 0;

export function event(over: Partial<PodEvent> = {}): PodEvent {
  serial += 1;
  return {
    name: `payment-7d4b8c6f9b-xyz12.18a${serial}`,
    type: 'Warning',
    reason: 'Failed',
    message: '',
    container: 'app',
    image: 'registry.example.com/payment:v2.1.3',
    count: 1,
    first: ago(300),
    last: ago(20),
    from: 'kubelet',
    ...over,
  };
}

/** The five events of a pull that fails again and again, in the words of containerd. */
export function failedPull(image: string, text: string, over: Partial<PodEvent> = {}): readonly PodEvent[] {
  serial = 0;
  const each = { image, ...over };
  return [
    event({ ...each, type: 'Normal', reason: 'Pulling', message: `Pulling image "${image}"`, count: 4 }),
    event({ ...each, message: `Failed to pull image "${image}": ${text}`, count: 4 }),
    event({ ...each, image: null, message: 'Error: ErrImagePull', count: 4 }),
    event({ ...each, type: 'Normal', reason: 'BackOff', message: `Back-off pulling image "${image}"`, count: 12, last: ago(5) }),
    event({ ...each, image: null, message: 'Error: ImagePullBackOff', count: 12, last: ago(5) }),
  ];
}

export const reference = (over: Partial<Reference> = {}): Reference => ({
  registry: 'registry.example.com',
  repository: 'payment',
  tag: 'v2.1.3',
  digest: null,
  ...over,
});

export function imageSpec(over: Partial<ImageSpec> = {}): ImageSpec {
  return {
    container: 'app',
    kind: 'container',
    image: 'registry.example.com/payment:v2.1.3',
    reference: reference(),
    invalid: null,
    defaults: [],
    pullPolicy: 'IfNotPresent',
    ...over,
  };
}

export function secret(over: Partial<SecretFacts> = {}): SecretFacts {
  return {
    name: 'regcred',
    state: 'usable',
    obstacle: null,
    type: 'kubernetes.io/dockerconfigjson',
    fault: null,
    createdAt: ago(90 * 86_400),
    changedAt: null,
    entries: [{ key: 'registry.example.com', user: 'ci-puller', empty: false, expiresAt: null, remarks: [] }],
    ...over,
  };
}

export const credential = { secret: 'regcred', key: 'registry.example.com', user: 'ci-puller' } as const;

export function exchange(over: Partial<Exchange> = {}): Exchange {
  return {
    purpose: 'manifest',
    method: 'HEAD',
    url: 'https://registry.example.com/v2/payment/manifests/v2.1.3',
    status: 404,
    fault: null,
    challenge: null,
    errors: [],
    body: null,
    contentType: null,
    milliseconds: 30,
    ...over,
  };
}

export function attempt(over: Partial<Attempt> = {}): Attempt {
  return { credential, result: 'manifest-unknown', authenticated: true, exchanges: [exchange()], ...over };
}

export function registryFacts(over: Partial<ImageRegistryFacts> = {}): ImageRegistryFacts {
  return {
    container: 'app',
    kind: 'container',
    host: 'registry.example.com',
    attempts: [attempt()],
    tags: null,
    manifest: null,
    rateLimit: null,
    blob: null,
    ...over,
  };
}

export function nodeFacts(over: Partial<NodeFacts> = {}): NodeFacts {
  return {
    name: 'ip-10-0-3-7',
    platform: { os: 'linux', architecture: 'amd64' },
    kubelet: 'v1.36.3',
    runtime: 'containerd://2.3.7',
    createdAt: ago(30 * 86_400),
    provider: 'aws:///eu-west-1a/i-0123',
    conditions: [
      { type: 'DiskPressure', status: 'False', reason: 'KubeletHasNoDiskPressure', message: null, since: ago(30 * 86_400) },
      { type: 'Ready', status: 'True', reason: 'KubeletReady', message: null, since: ago(30 * 86_400) },
    ],
    imageFs: { value: { availableBytes: 31 * 2 ** 30, capacityBytes: 80 * 2 ** 30, inodesFree: 4_000_000, inodes: 5_000_000 } },
    imagesPresent: [],
    events: [],
    neighbours: { value: [neighbours()] },
    ...over,
  };
}

export function neighbours() {
  return {
    container: 'app',
    kind: 'container',
    sameImageWorks: [],
    sameImageFails: [],
    sameRegistryHere: { works: 14, fails: 0 },
    sameRegistryElsewhere: { works: 61, fails: 0 },
    otherRegistriesHere: { works: 9, fails: 0 },
  } as const;
}

/** Evidence of a pod whose tag does not exist, unless told otherwise. */
export function evidence(over: Partial<Evidence> = {}): Evidence {
  const image = 'registry.example.com/payment:v2.1.3';
  return {
    apiVersion: 'imagepull/v1',
    kind: 'PullEvidence',
    collectedAt: now,
    pod: pod(),
    describe: done({ containers: [container()] }),
    events: done({
      events: failedPull(image, `failed to pull and unpack image "${image}": failed to resolve image: ${image}: not found`),
      sandboxImage: null,
    }),
    spec: done({
      images: [imageSpec()],
      pullSecrets: ['regcred'],
      serviceAccount: { value: { name: 'default', pullSecrets: [] } },
      nodeSelector: {},
    }),
    secrets: done({
      secrets: [secret()],
      images: [{ container: 'app', kind: 'container', tries: [credential], nearest: null }],
    }),
    registry: done({ images: [registryFacts({ tags: { count: 212, complete: true, nearest: ['v2.1.2'], newest: 'v2.1.2' } })] }, 240),
    probe: skipped('the registry answered the node, so its network is fine'),
    node: done(nodeFacts(), 31),
    ...over,
  };
}

export function verdict(over: Partial<Verdict> = {}): Verdict {
  return {
    container: 'app',
    kind: 'container',
    image: 'registry.example.com/payment:v2.1.3',
    reference: reference(),
    code: 'manifest-not-found',
    confidence: 'certain',
    retry: 'never',
    alternatives: [],
    explanation: 'The tag v2.1.3 does not exist in registry.example.com/payment, which has 212 tags. Nearest: v2.1.2.',
    fixes: [
      {
        title: 'use the nearest tag, v2.1.2',
        commands: ['kubectl -n shop set image deployment/payment app=registry.example.com/payment:v2.1.2'],
      },
      { title: 'or push the tag v2.1.3', commands: [] },
    ],
    ...over,
  };
}
