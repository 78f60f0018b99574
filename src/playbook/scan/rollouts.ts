import type { Cluster } from '../../cluster/cluster.ts';
import type { Evidence } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { rolloutOf } from '../subject/rollout.ts';

/** Workloads whose revisions are read: each costs a list of those of its namespace. */
const mostRead = 20;

/** The same evidence, of the first of these pods with what their rollouts changed. What may not be read is left out. */
export async function withRollouts(cluster: Cluster, found: readonly Evidence[], pods: readonly RawPod[]): Promise<readonly Evidence[]> {
  return Promise.all(
    found.map(async (evidence, index) => {
      const pod = pods.find(({ metadata }) => metadata.uid === evidence.pod.uid);
      const rollout = pod !== undefined && index < mostRead ? await rolloutOf(cluster, pod) : undefined;
      return rollout === undefined ? evidence : { ...evidence, pod: { ...evidence.pod, rollout } };
    }),
  );
}
