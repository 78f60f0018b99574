import type { RawEvent, RawPod } from '../kubernetes.ts';
import { isFailing } from '../pod/containers.ts';
import { isProbePod } from '../probe/pod.ts';
import { collectionPath, fields, type Scope } from '../scan/scope.ts';
import { podSignature, type Signature } from './signature.ts';
import type { Source } from './sources.ts';

/** Failures that may be in no pod's status: of a sandbox, an ephemeral container, an image volume. */
const telling = new Set(['Failed', 'InspectFailed', 'ErrImageNeverPull', 'FailedCreatePodSandBox']);

/**
 * What a scan depends on: pods that fail, those that failed at the last look, and events about failures. Only changes are read: there may be many pods.
 * @param reported uids of the pods that failed at the last look
 */
export function scanSources(scope: Scope, reported: ReadonlySet<string>): readonly Source[] {
  const ofPods: Signature<RawPod> = (pod) =>
    (reported.has(pod.metadata.uid) || isFailing(pod)) && !isProbePod(pod) ? podSignature(pod) : null;
  const ofEvents: Signature<RawEvent> = ({ reason = '', message, involvedObject }) =>
    telling.has(reason) ? JSON.stringify([reason, involvedObject?.uid, message]) : null;
  const onNode = scope.node === undefined ? undefined : `spec.nodeName=${scope.node}`;
  return [
    {
      path: collectionPath(scope.namespace, 'pods'),
      query: { labelSelector: scope.selector, fieldSelector: fields(onNode) },
      changesOnly: true,
      signature: ofPods,
    },
    {
      path: collectionPath(scope.namespace, 'events'),
      query: { fieldSelector: 'involvedObject.kind=Pod,type=Warning' },
      changesOnly: true,
      expires: true,
      signature: ofEvents,
    },
  ];
}
