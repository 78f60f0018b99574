import { type Failure, failures } from './failures.ts';

export interface Size {
  readonly pods: number;
  readonly failing: number;
  readonly namespaces: number;
  readonly nodes: number;
}

/** A pod to be made: its object, then its status. */
export interface Plan {
  readonly namespace: string;
  readonly name: string;
  readonly object: object;
  readonly status: object;
  readonly failure: Failure | null;
}

const bytesPerPod = 8192;
const since = '2026-01-01T00:00:00Z';

/** Pod number `index` of a cluster of this size: the failing ones lie evenly among the others. */
export function plan(index: number, size: Size): Plan {
  const every = Math.floor(size.pods / size.failing);
  const failure = index % every === 0 && index / every < size.failing ? (failures[(index / every) % failures.length] ?? null) : null;
  const owner = `app-${Math.floor(index / 10) % 997}`;
  const name = `${owner}-7d4b8c6f9b-${index.toString(36).padStart(5, '0')}`;
  const image = failure?.image ?? `registry-1.bench.invalid/healthy/app-${index % 300}:v1`;
  // One failing pod in five has a first container that runs: its phase is Running.
  const second = failure !== null && (index / every) % 5 === 4;
  const containers = second
    ? [container('sidecar', 'registry-1.bench.invalid/mesh/proxy:1'), container('app', image, failure)]
    : [container('app', image, failure)];
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: { app: owner, 'pod-template-hash': '7d4b8c6f9b' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${owner}-7d4b8c6f9b`,
          uid: `00000000-0000-4000-8000-${String(index % 997).padStart(12, '0')}`,
          controller: true,
        },
      ],
    },
    spec: {
      nodeName: nodeName(failure?.node ?? Math.floor(index / 7) % size.nodes),
      automountServiceAccountToken: false,
      ...(failure?.secret && { imagePullSecrets: [{ name: failure.secret }] }),
      containers,
    },
  };
  return {
    namespace: namespaceName(Math.floor(index / 37) % size.namespaces),
    name,
    object,
    status: status(index, image, failure, second),
    failure,
  };
}

export const namespaceName = (number: number) => `bench-${String(number).padStart(3, '0')}`;
export const nodeName = (number: number) => `bench-node-${String(number).padStart(2, '0')}`;

/** A setting is 125 bytes with its managed field; all that a pod has besides is 3400. */
function container(name: string, image: string, failure: Failure | null = null): object {
  const values = name === 'sidecar' ? 1 : Math.floor((bytesPerPod - 3400) / 125);
  return {
    name,
    image,
    imagePullPolicy: failure?.code === 'never-pull' ? 'Never' : 'IfNotPresent',
    env: Array.from({ length: values }, (_, i) => ({ name: `SETTING_${i}`, value: 'x'.repeat(22) })),
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
  };
}

/** Beside the healthy ones there are those that fail for other reasons, which a scan must leave out. */
function status(index: number, image: string, failure: Failure | null, second: boolean): object {
  const running = {
    ready: true,
    restartCount: 0,
    imageID: 'sha256:1',
    containerID: 'containerd://1',
    started: true,
    state: { running: { startedAt: since } },
  };
  const waiting = (reason: string, message?: string) => ({
    ready: false,
    restartCount: 0,
    imageID: '',
    started: false,
    state: { waiting: { reason, ...(message && { message }) } },
  });
  const app = { name: 'app', image };
  if (failure && second)
    return phase('Running', [
      { name: 'sidecar', image: 'registry-1.bench.invalid/mesh/proxy:1', ...running },
      { ...app, ...waiting(failure.reason, failure.message) },
    ]);
  if (failure) return phase('Pending', [{ ...app, ...waiting(failure.reason, failure.message) }]);
  if (index % 97 === 1)
    return phase('Running', [{ ...app, ...waiting('CrashLoopBackOff', 'back-off 5m0s restarting failed container'), imageID: 'sha256:1' }]);
  if (index % 97 === 2) return phase('Pending', [{ ...app, ...waiting('CreateContainerConfigError', 'configmap "settings" not found') }]);
  if (index % 97 === 3) return phase('Running', [{ ...app, ...running, ready: false }]);
  return phase('Running', [{ ...app, ...running }]);
}

function phase(name: string, containerStatuses: readonly object[]): object {
  const condition = (type: string, ok: boolean) => ({
    type,
    status: ok ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: since,
  });
  const ready = name === 'Running';
  return {
    phase: name,
    startTime: since,
    podIP: '10.0.0.1',
    podIPs: [{ ip: '10.0.0.1' }],
    hostIP: '10.1.0.1',
    containerStatuses,
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('Ready', ready),
      condition('ContainersReady', ready),
    ],
  };
}
