import type { Cluster } from '../../cluster/cluster.ts';
import type { Rollout } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { type Revision, revisionsOf } from './revisions.ts';
import { templateChanges } from './template-changes.ts';

/**
 * Where this pod stands among the revisions of its workload, and what its own changed; undefined: it is not rolled out, or that may not be
 * read.
 */
export async function rolloutOf(cluster: Cluster, pod: RawPod): Promise<Rollout | undefined> {
  try {
    const revisions = await revisionsOf(cluster, pod);
    if (!revisions || revisions.own === null) return undefined;
    const [newest, previous] = revisions.all;
    const place = revisions.all.findIndex(({ number }) => number === revisions.own);
    const [own, before] = [revisions.all[place], revisions.all[place + 1]];
    return {
      newest: newest?.number === revisions.own,
      previous: previous ? await previousOf(previous) : null,
      revision: revisions.own,
      ...(own?.createdAt != null && { since: own.createdAt }),
      ...(own && before && { changes: templateChanges(before.template, own.template) }),
    };
  } catch {
    return undefined;
  }
}

async function previousOf({ number, template, pods }: Revision): Promise<Rollout['previous']> {
  const { containers = [], initContainers = [], imagePullSecrets = [] } = template?.spec ?? {};
  const images = [...initContainers, ...containers].flatMap(({ name, image }) => (image ? [[name, image] as const] : []));
  const count = await pods().catch(() => null);
  return {
    revision: number,
    images: Object.fromEntries(images),
    pullSecrets: imagePullSecrets.flatMap(({ name }) => name ?? []),
    ready: count?.ready ?? null,
    ...(count && { pods: count.all }),
  };
}
