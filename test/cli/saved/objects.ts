/** A pod of which a pull fails, as the API serves it, with secrets where a pod has them. */
export function failingPod(
  name = 'web',
  namespace = 'shop',
  parts: { readonly image?: string; readonly node?: string; readonly secret?: string } = {},
) {
  const { image = 'registry.example.com/team/app:v9', node = 'node1', secret } = parts;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `uid-${namespace}-${name}`,
      creationTimestamp: '2026-03-01T10:00:00Z',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'planted-in-an-annotation' },
    },
    spec: {
      nodeName: node,
      serviceAccountName: 'default',
      ...(secret !== undefined && { imagePullSecrets: [{ name: secret }] }),
      containers: [
        { name: 'app', image, imagePullPolicy: 'IfNotPresent', env: [{ name: 'PASSWORD', value: 'planted-in-the-environment' }] },
      ],
    },
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'app',
          image,
          imageID: '',
          restartCount: 0,
          ready: false,
          state: { waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` } },
        },
      ],
    },
  };
}

export function runningPod(name: string, namespace = 'shop', image = 'registry.example.com/team/other:v1', node = 'node1') {
  const pod = failingPod(name, namespace, { image, node });
  return {
    ...pod,
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'app',
          image,
          imageID: 'x@sha256:1',
          restartCount: 0,
          ready: true,
          state: { running: { startedAt: '2026-03-01T10:00:05Z' } },
        },
      ],
    },
  };
}

/** The kubelet's word on a failed pull of this pod. */
export function failedEvent(pod: ReturnType<typeof failingPod>, error = 'not found', at = '2026-03-01T10:05:00Z') {
  const { name, namespace, uid } = pod.metadata;
  const image = pod.spec.containers[0]?.image;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.1`, namespace, uid: `event-${uid}`, creationTimestamp: at, resourceVersion: '7' },
    involvedObject: { kind: 'Pod', namespace, name, uid, fieldPath: 'spec.containers{app}' },
    type: 'Warning',
    reason: 'Failed',
    message: `Failed to pull image "${image}": rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve image: ${image}: ${error}`,
    source: { component: 'kubelet', host: pod.spec.nodeName },
    firstTimestamp: '2026-03-01T10:00:02Z',
    lastTimestamp: at,
    count: 5,
  };
}

export function pullSecret(name: string, namespace: string, config: string, type = 'kubernetes.io/dockerconfigjson') {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: { name, namespace, uid: `uid-${name}` },
    data: { '.dockerconfigjson': Buffer.from(config).toString('base64') },
  };
}

export const list = (kind: string, items: readonly object[]) => ({ apiVersion: 'v1', kind, metadata: {}, items });
