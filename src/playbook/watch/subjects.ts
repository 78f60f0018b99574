import type { Cluster } from '../../cluster/cluster.ts';
import type { RawPod } from '../kubernetes.ts';
import { findSubjects, type Subject, subjectsAmong, type Target, workloadPods } from '../subject/subject.ts';
import { arePulled, newestPods } from './rollout.ts';

export interface Watched {
  /** Those that `why` would show; once the newest rollout is pulled, one pod of it. */
  readonly subjects: readonly Subject[];
  /** Every pod that the report depends on. */
  readonly pods: readonly RawPod[];
  /**
   * Whether the pods of the newest rollout have all their images. Where none of them is there yet, those of the one before do not count.
   */
  readonly pulled: boolean;
}

/**
 * How things stand now.
 * @param container only its image is to be there.
 * @throws as findSubjects does; SubjectError also where a workload has no pods just now
 */
export async function findWatched(cluster: Cluster, namespace: string, target: Target, container?: string): Promise<Watched> {
  if (target.type === 'pod') {
    const subjects = await findSubjects(cluster, namespace, target);
    const pods = subjects.map(({ pod }) => pod);
    return { subjects, pods, pulled: await arePulled(cluster, pods, container) };
  }
  const workload = await workloadPods(cluster, namespace, target);
  const newest = newestPods(workload.pods);
  const pulled = !workload.awaited && (await arePulled(cluster, newest, container));
  const shown = pulled ? workload.pods.filter(({ pod }) => newest.includes(pod)) : workload.pods;
  return { subjects: await subjectsAmong(cluster, workload, shown), pods: workload.pods.map(({ pod }) => pod), pulled };
}
