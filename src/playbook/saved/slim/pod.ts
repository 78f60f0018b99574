import { number, object, objects, present, text, texts } from '../fields.ts';
import { conditions, containers, names } from './parts.ts';

/** How a pod's images are pulled; nothing of what they run. */
export function podSpec(value: unknown): object {
  const spec = object(value);
  return present({
    nodeName: text(spec.nodeName),
    activeDeadlineSeconds: number(spec.activeDeadlineSeconds),
    serviceAccountName: text(spec.serviceAccountName) ?? text(spec.serviceAccount),
    nodeSelector: texts(spec.nodeSelector),
    imagePullSecrets: names(spec.imagePullSecrets),
    containers: containers(spec.containers) ?? [],
    initContainers: containers(spec.initContainers),
    ephemeralContainers: containers(spec.ephemeralContainers),
    volumes: imageVolumes(spec.volumes),
  });
}

function imageVolumes(value: unknown): readonly object[] | undefined {
  const known = objects(value).flatMap(({ name, image }) => {
    const { reference, pullPolicy } = object(image);
    const own = text(name);
    if (own === undefined || text(reference) === undefined) return [];
    return [{ name: own, image: present({ reference: text(reference), pullPolicy: text(pullPolicy) }) }];
  });
  return known.length === 0 ? undefined : known;
}

/** How the pulls went. */
export function podStatus(value: unknown): object {
  const status = object(value);
  return present({
    phase: text(status.phase),
    reason: text(status.reason),
    message: text(status.message),
    conditions: conditions(status.conditions),
    containerStatuses: statuses(status.containerStatuses),
    initContainerStatuses: statuses(status.initContainerStatuses),
    ephemeralContainerStatuses: statuses(status.ephemeralContainerStatuses),
  });
}

function statuses(value: unknown): readonly object[] | undefined {
  const known = objects(value).map(({ name, image, imageID, containerID, ready, restartCount, state, lastState }) =>
    present({
      name: text(name) ?? '',
      image: text(image),
      imageID: text(imageID),
      containerID: text(containerID),
      ready: typeof ready === 'boolean' ? ready : undefined,
      restartCount: number(restartCount),
      state: containerState(state),
      lastState: containerState(lastState),
    }),
  );
  return known.length === 0 ? undefined : known;
}

function containerState(value: unknown): object | undefined {
  const { waiting, running, terminated } = object(value);
  if (typeof waiting === 'object' && waiting !== null) {
    const { reason, message } = object(waiting);
    return { waiting: present({ reason: text(reason), message: text(message) }) };
  }
  if (typeof running === 'object' && running !== null) return { running: present({ startedAt: text(object(running).startedAt) }) };
  if (typeof terminated !== 'object' || terminated === null) return undefined;
  const { reason, message, exitCode, startedAt, finishedAt } = object(terminated);
  return {
    terminated: present({
      reason: text(reason),
      message: text(message),
      exitCode: number(exitCode),
      startedAt: text(startedAt),
      finishedAt: text(finishedAt),
    }),
  };
}
