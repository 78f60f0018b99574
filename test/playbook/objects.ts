import type { RawContainerStatus, RawPod } from '../../src/playbook/kubernetes.ts';
import type { Stored } from './fake-api.ts';

let serial = 0;

interface PodParts {
  readonly name?: string;
  readonly namespace?: string;
  readonly node?: string;
  readonly image?: string;
  readonly state?: RawContainerStatus['state'];
  readonly lastState?: RawContainerStatus['lastState'];
  readonly imageID?: string;
  readonly owner?: { readonly kind: string; readonly name: string; readonly uid: string };
  readonly labels?: Record<string, string>;
  readonly created?: string;
  readonly spec?: Partial<RawPod['spec']>;
  readonly status?: Partial<NonNullable<RawPod['status']>>;
}

/** A pod of one container `app`, as the API serves it. */
export function pod(parts: PodParts = {}): RawPod & Stored {
  const { name = 'web', namespace = 'shop', node = 'node1', image = 'registry.example.com/team/app:v1', owner } = parts;
  const state = parts.state ?? { waiting: { reason: 'ContainerCreating' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `pod-${++serial}`,
      creationTimestamp: parts.created ?? '2026-03-01T10:00:00Z',
      labels: parts.labels ?? {},
      ...(owner && { ownerReferences: [{ apiVersion: owner.kind === 'Job' ? 'batch/v1' : 'apps/v1', controller: true, ...owner }] }),
    },
    spec: {
      ...(node && { nodeName: node }),
      serviceAccountName: 'default',
      containers: [{ name: 'app', image, imagePullPolicy: 'IfNotPresent' }],
      ...parts.spec,
    },
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'app',
          image,
          imageID: parts.imageID ?? '',
          restartCount: 0,
          state,
          ...(parts.lastState && { lastState: parts.lastState }),
        },
      ],
      ...parts.status,
    },
  };
}

export function waiting(reason: string, message?: string): RawContainerStatus['state'] {
  return { waiting: { reason, ...(message !== undefined && { message }) } };
}

export const running: RawContainerStatus['state'] = { running: { startedAt: '2026-03-01T10:00:05Z' } };

/** An event of the kubelet, as the API serves it. */
export function event(uid: string, reason: string, message: string, parts: Record<string, unknown> = {}): Stored {
  const { container = 'app', at = '2026-03-01T10:00:01Z', ...rest } = parts as { container?: string | null; at?: string };
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `web.${(++serial).toString(16)}`,
      namespace: 'shop',
      uid: `event-${serial}`,
      creationTimestamp: at,
      resourceVersion: String(serial),
    } as Stored['metadata'],
    involvedObject: {
      kind: 'Pod',
      namespace: 'shop',
      name: 'web',
      uid,
      ...(container !== null && { fieldPath: `spec.containers{${container}}` }),
    },
    type: reason === 'Pulling' || reason === 'Pulled' || reason === 'BackOff' ? 'Normal' : 'Warning',
    reason,
    message,
    source: { component: 'kubelet', host: 'node1' },
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
    ...rest,
  };
}
