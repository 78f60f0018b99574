import type { Cluster } from '../../cluster/cluster.ts';
import type { Rollout } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { type Revision, revisionsOf } from './revisions.ts';

/** Where this pod stands among the revisions of its workload; undefined: it is not rolled out, or that may not be read. */
export async function rolloutOf(cluster: Cluster, pod: RawPod): Promise<Rollout | undefined> {
  try {
    const revisions = await revisionsOf(cluster, pod);
    if (!revisions || revisions.own === null) return undefined;
    const [newest, previous] = revisions.all;
    return { newest: newest?.number === revisions.own, previous: previous ? previousOf(previous) : null };
  } catch {
    return undefined;
  }
}

function previousOf({ number, template, ready }: Revision): Rollout['previous'] {
  const { containers = [], initContainers = [], imagePullSecrets = [] } = template?.spec ?? {};
  const images = [...initContainers, ...containers].flatMap(({ name, image }) => (image ? [[name, image] as const] : []));
  return {
    revision: number,
    images: Object.fromEntries(images),
    pullSecrets: imagePullSecrets.flatMap(({ name }) => name ?? []),
    ready,
  };
}
