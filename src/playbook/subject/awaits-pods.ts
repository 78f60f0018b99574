import type { RawWorkload } from '../kubernetes.ts';
import type { RolloutPod } from './workload.ts';

/**
 * Whether a workload is to make pods of its newest revision and none is there yet: its pods, if there are any, are older ones, and say
 * nothing of what was rolled out. By its status, which its controller writes (kubernetes pkg/controller/{deployment,statefulset,daemon}).
 * @param type as kubectl takes it
 * @param newest the number of the newest rollout, where that is told
 */
export function awaitsPods(type: string, workload: RawWorkload, pods: readonly RolloutPod[], newest: number | null): boolean {
  if (!makesPods(type, workload)) return false;
  const present = pods.filter(({ pod }) => pod.metadata.deletionTimestamp === undefined);
  if (present.length === 0 || isUnseen(workload)) return true;
  return replacesPods(type, workload) && !hasNewest(type, workload, present, newest);
}

/** As `typeName` has it (argo-rollouts pkg/apis/rollouts/v1alpha1/types.go, RolloutStatus). */
const argoRollout = 'rollout.argoproj.io';

/** What the status counts may lag behind the pods: it is believed only where they do not tell. */
function hasNewest(type: string, workload: RawWorkload, present: readonly RolloutPod[], newest: number | null): boolean {
  if (newest !== null) return present.some(({ rollout }) => rollout === newest);
  const { currentPodHash: hash, updateRevision: revision } = workload.status ?? {};
  if (type === argoRollout && hash !== undefined)
    return present.some(({ pod }) => pod.metadata.labels?.['rollouts-pod-template-hash'] === hash);
  if (revision !== undefined) return present.some(({ pod }) => pod.metadata.labels?.['controller-revision-hash'] === revision);
  return updated(type, workload) !== 0;
}

function makesPods(type: string, { metadata, spec, status }: RawWorkload): boolean {
  if (metadata.deletionTimestamp !== undefined || spec?.suspend) return false;
  switch (type) {
    case 'cronjob':
      return false;
    case 'daemonset':
      return (status?.desiredNumberScheduled ?? 0) > 0;
    case 'job':
      return !status?.conditions?.some((one) => (one.type === 'Complete' || one.type === 'Failed') && one.status === 'True');
    case 'deployment':
    case 'statefulset':
    case 'replicaset':
    case 'replicationcontroller':
      return (spec?.replicas ?? 1) > 0;
    default:
      return (spec?.replicas ?? 0) > 0;
  }
}

/** Its controller has not yet acted on its last change. What Argo writes is a text. */
function isUnseen({ metadata, status }: RawWorkload): boolean {
  return Number(status?.observedGeneration) < (metadata.generation ?? 0);
}

/** Whether a changed template takes the place of the pods that are there, rather than waits until somebody deletes them. */
function replacesPods(type: string, { spec, status }: RawWorkload): boolean {
  if (type === 'deployment') return !spec?.paused;
  // One that has not begun its steps, or that somebody has to promote, is like one that is paused.
  if (type === argoRollout)
    return !spec?.paused && !status?.abort && (status?.pauseConditions ?? []).length === 0 && status?.currentPodHash !== undefined;
  const { type: strategy, rollingUpdate } = spec?.updateStrategy ?? {};
  if (strategy === 'OnDelete') return false;
  if (type === 'statefulset') return (rollingUpdate?.partition ?? 0) < (spec?.replicas ?? 1) + (spec?.ordinals?.start ?? 0);
  return type === 'daemonset';
}

/** Pods of the newest revision; null: not told. The API leaves a zero out. */
function updated(type: string, { status }: RawWorkload): number | null {
  if (status?.observedGeneration === undefined) return null;
  return (type === 'daemonset' ? status.updatedNumberScheduled : status.updatedReplicas) ?? 0;
}
