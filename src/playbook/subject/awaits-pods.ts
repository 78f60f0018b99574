import type { RawPod, RawWorkload } from '../kubernetes.ts';

/**
 * Whether a workload is to make pods of its newest revision and none is there yet: its pods, if there are any, are older ones, and say nothing of what was rolled out. By its
 * status, which its controller writes (kubernetes pkg/controller/{deployment,statefulset,daemon}).
 * @param type as kubectl takes it
 */
export function awaitsPods(type: string, workload: RawWorkload, pods: readonly RawPod[]): boolean {
  if (!makesPods(type, workload)) return false;
  const isAny = pods.some(({ metadata }) => metadata.deletionTimestamp === undefined);
  return !isAny || isUnseen(workload) || (replacesPods(type, workload) && updated(type, workload) === 0);
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
function replacesPods(type: string, { spec }: RawWorkload): boolean {
  if (type === 'deployment') return !spec?.paused;
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
