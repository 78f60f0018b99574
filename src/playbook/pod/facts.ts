import type { Owner, PodFacts } from '../../values/evidence.ts';
import { controllerOf, type RawPod } from '../kubernetes.ts';
import { shorten } from '../shorten.ts';

/** The pod itself. Times as the API serves them. */
export function podFacts(pod: RawPod, owner: Owner | null): PodFacts {
  const unscheduled = pod.status?.conditions?.find((condition) => condition.type === 'PodScheduled' && condition.status === 'False');
  const controller = controllerOf(pod.metadata);
  return {
    namespace: pod.metadata.namespace ?? 'default',
    name: pod.metadata.name,
    uid: pod.metadata.uid,
    createdAt: pod.metadata.creationTimestamp ?? '',
    phase: pod.status?.phase ?? 'Unknown',
    reason: pod.status?.reason ?? null,
    message: pod.status?.message === undefined ? null : shorten(pod.status.message),
    deletedAt: pod.metadata.deletionTimestamp ?? null,
    owner,
    ...(owner?.kind === 'CronJob' && controller?.kind === 'Job' && { job: controller.name }),
    node: pod.spec.nodeName || null,
    unscheduled: unscheduled && !pod.spec.nodeName ? shorten(unscheduled.message ?? unscheduled.reason ?? 'not scheduled') : null,
    serviceAccount: pod.spec.serviceAccountName || 'default',
  };
}
