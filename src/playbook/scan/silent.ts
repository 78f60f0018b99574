import type { RawEvent, RawPod } from '../kubernetes.ts';
import { isFailing } from '../pod/containers.ts';
import type { PodEvents } from './pod-events.ts';

/** What a kubelet says when a pull is under way, or failed where no container's status shows it. */
const telling = new Set(['Pulling', 'Failed', 'BackOff', 'InspectFailed', 'ErrImageNeverPull', 'FailedCreatePodSandBox']);

/**
 * Leaves out the pods that neither their status nor their events connect with a pull. Without events all stay, for those that are asked for
 * to decide.
 */
export function relevant(pods: readonly RawPod[], events: PodEvents | null): readonly RawPod[] {
  if (events === null) return pods;
  return pods.filter((pod) => isFailing(pod) || (events.get(pod.metadata.uid) ?? []).some(({ reason }) => telling.has(reason ?? '')));
}

/** Pods of which an ephemeral container's pull fails: no row of a table shows these, and the pod runs as if nothing were. */
export function ephemeralFailures(
  events: PodEvents | null,
  known: ReadonlySet<string>,
): readonly { readonly uid: string; readonly namespace: string; readonly name: string }[] {
  return [...(events ?? [])].flatMap(([uid, of]) => {
    const event = known.has(uid) ? undefined : of.find(isEphemeralFailure);
    const name = event?.involvedObject?.name;
    return event && name ? [{ uid, namespace: event.metadata.namespace ?? 'default', name }] : [];
  });
}

function isEphemeralFailure({ reason, involvedObject }: RawEvent): boolean {
  return (reason === 'Failed' || reason === 'BackOff') && involvedObject?.fieldPath?.startsWith('spec.ephemeralContainers') === true;
}
