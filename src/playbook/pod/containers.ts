import type { ContainerFacts, ContainerKind } from '../../values/evidence.ts';
import type { RawContainer, RawContainerStatus, RawPod, RawState } from '../kubernetes.ts';
import { shorten } from '../shorten.ts';
import { chargeVolumes } from './image-volumes.ts';
import { pullPolicy } from './pull-policy.ts';
import { pullState } from './pull-state.ts';

/**
 * The three kinds of containers in the order in which the kubelet starts them (sidecars are init containers), and where their status lies.
 */
const kinds = [
  { kind: 'initContainer', spec: 'initContainers', status: 'initContainerStatuses' },
  { kind: 'container', spec: 'containers', status: 'containerStatuses' },
  { kind: 'ephemeralContainer', spec: 'ephemeralContainers', status: 'ephemeralContainerStatuses' },
] as const;

/** Every image that this pod uses, from its own status alone. The sandbox's is known by events only. */
export function readContainers(pod: RawPod): readonly ContainerFacts[] {
  const containers = kinds.flatMap(({ kind, spec, status }) => {
    const statuses = pod.status?.[status] ?? [];
    return (pod.spec[spec] ?? []).map((container) => {
      const index = statuses.findIndex((candidate) => candidate.name === container.name);
      return readContainer(container, kind, statuses[index], index < 0 ? `spec.${spec}` : `status.${status}[${index}]`);
    });
  });
  return chargeVolumes(pod, containers);
}

/** Whether a pull of this pod, or the step just after it, has failed: its status says so now. */
export function isFailing(pod: RawPod): boolean {
  return readContainers(pod).some((container) => container.pull === 'failing');
}

function readContainer(
  container: RawContainer,
  kind: ContainerKind,
  status: RawContainerStatus | undefined,
  source: string,
): ContainerFacts {
  const image = container.image ?? '';
  return {
    container: container.name,
    kind,
    image,
    pullPolicy: pullPolicy(container.imagePullPolicy, image),
    pull: pullState(status),
    waiting: readWaiting(status?.state),
    terminated: readTerminated(status),
    running: status?.state?.running !== undefined,
    restarts: status?.restartCount ?? 0,
    ...(kind === 'initContainer' && { sidecar: container.restartPolicy === 'Always' }),
    imageId: status?.imageID || null,
    log: null,
    source,
  };
}

function readWaiting(state: RawState | undefined): ContainerFacts['waiting'] {
  if (!state?.waiting) return null;
  const { reason, message } = state.waiting;
  return { reason: shorten(reason ?? ''), message: message === undefined ? null : shorten(message) };
}

/** How the container ended: now, or the last time before it was started again. */
function readTerminated(status: RawContainerStatus | undefined): ContainerFacts['terminated'] {
  const ended = status?.state?.terminated ?? status?.lastState?.terminated;
  if (!ended) return null;
  const ran = Date.parse(ended.finishedAt ?? '') - Date.parse(ended.startedAt ?? '');
  return {
    reason: ended.reason ?? null,
    message: ended.message === undefined ? null : shorten(ended.message),
    exitCode: ended.exitCode ?? 0,
    ranMilliseconds: Number.isNaN(ran) ? null : ran,
    at: ended.finishedAt ?? null,
  };
}
