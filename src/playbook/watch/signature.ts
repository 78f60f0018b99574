import type { RawEvent, RawMeta, RawPod, RawWorkload } from '../kubernetes.ts';
import { readContainers } from '../pod/containers.ts';

/** What of an object a report depends on, as one text: a change of anything else is no news. null: nothing of it. */
export type Signature<T> = (object: T) => string | null;

/** Readiness, restarts and addresses come and go without a word on images. */
export const podSignature: Signature<RawPod> = (pod) =>
  JSON.stringify([
    pod.metadata.deletionTimestamp !== undefined,
    pod.spec.nodeName,
    pod.status?.phase,
    pod.status?.reason,
    readContainers(pod).map(({ container, kind, image, pull, waiting, imageId, terminated }) => [
      kind,
      container,
      image,
      pull,
      waiting?.reason,
      waiting?.message,
      imageId,
      pull === 'pulled' ? terminated?.exitCode : null,
    ]),
    pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message,
  ]);

/** A back-off is repeated every few seconds: it is news only once. An attempt that fails again may fail otherwise. */
const repeated = new Set(['BackOff', 'Pulling']);
/** Of these no pull is the cause. */
const unrelated = new Set(['Unhealthy', 'Killing', 'TaintManagerEviction', 'SuccessfulAttachVolume', 'FailedMount', 'ProbeWarning']);

export const eventSignature: Signature<RawEvent> = ({ reason = '', message, count, series }) => {
  if (unrelated.has(reason)) return null;
  return JSON.stringify([reason, message, repeated.has(reason) ? null : (series?.count ?? count)]);
};

export const metaSignature: Signature<{ readonly metadata: RawMeta }> = ({ metadata }) => `${metadata.uid}/${metadata.resourceVersion}`;

/**
 * A Deployment's status counts pods at every step of a rollout; what it is to do, whether it has begun, and what stands in its way, changes
 * seldom.
 */
export const workloadSignature: Signature<RawWorkload> = ({ metadata, status }) =>
  JSON.stringify([
    metadata.generation,
    status?.observedGeneration,
    Boolean(status?.updatedReplicas || status?.updatedNumberScheduled),
    metadata.deletionTimestamp,
    (status?.conditions ?? []).map(({ type, status, reason }) => [type, status, reason]),
  ]);
