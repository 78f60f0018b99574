import { controllerOf, type RawEvent, type RawPod } from '../kubernetes.ts';
import { isFailing } from '../pod/containers.ts';
import { isProbePod } from '../probe/pod.ts';
import { collectionPath, fields, type Scope } from '../scan/scope.ts';
import { podSignature, type Signature } from './signature.ts';
import type { Source } from './sources.ts';

/** Failures that may be in no pod's status: of a sandbox, an ephemeral container, an image volume. */
const telling = new Set(['Failed', 'InspectFailed', 'ErrImageNeverPull', 'FailedCreatePodSandBox']);

/**
 * What a scan depends on: pods that fail, those that failed at the last look, those that may take the place of others, and events about
 * failures. Only changes are read: there may be many pods.
 * @param reported uids of the pods that failed at the last look
 * @param awaiting namespaces in which workloads are to replace pods that failed
 */
export function scanSources(scope: Scope, reported: ReadonlySet<string>, awaiting: ReadonlySet<string>): readonly Source[] {
  const isWanted = (pod: RawPod) => reported.has(pod.metadata.uid) || isFailing(pod) || isReplacement(pod, awaiting);
  const ofPods: Signature<RawPod> = (pod) => (isWanted(pod) && !isProbePod(pod) ? podSignature(pod) : null);
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

/** Perhaps: whose it is takes a question to the API server, which the next look asks. */
function isReplacement({ metadata }: RawPod, awaiting: ReadonlySet<string>): boolean {
  return awaiting.has(metadata.namespace ?? 'default') && controllerOf(metadata) !== null;
}
