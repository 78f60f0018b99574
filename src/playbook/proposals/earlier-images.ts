import type { Cluster } from '../../cluster/cluster.ts';
import type { RawPod, RawTemplate } from '../kubernetes.ts';
import { revisionsOf } from '../subject/revisions.ts';

/** What a container of this pod's workload ran in the rollout before. null: there was none, or it may not be read. */
export async function earlierImage(cluster: Cluster, pod: RawPod, container: string): Promise<string | null> {
  try {
    const revisions = await revisionsOf(cluster, pod);
    const { all = [], own = null } = revisions ?? {};
    const until = all.filter(({ number }) => own === null || number <= own);
    const [current, ...earlier] = until.map(({ template }) => imageOf(template, container));
    return earlier.find((image) => image !== null && image !== current) ?? null;
  } catch {
    return null;
  }
}

function imageOf(template: RawTemplate | undefined, name: string): string | null {
  const { containers = [], initContainers = [] } = template?.spec ?? {};
  return [...containers, ...initContainers].find((container) => container.name === name)?.image ?? null;
}
