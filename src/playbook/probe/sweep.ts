import type { Cluster } from '../../cluster/cluster.ts';
import { turns } from '../../values/turns.ts';
import { within } from '../deadline.ts';
import type { RawList, RawPod } from '../kubernetes.ts';
import { namespaced } from '../subject/workload.ts';
import type { ProbeRun } from './plan.ts';
import { defaultDeadlineSeconds, isProbePod, probeSelector, runAnnotation } from './pod.ts';
import { patience } from './pods.ts';

/** So many are looked for, and so many removed at a time. */
const mostLeft = 500;
const sweptAtATime = 8;

/**
 * What an earlier run could not remove: ended, older than any probe lives, or made by a process of this machine that is no more.
 * @returns how many are gone
 */
export async function sweep(cluster: Cluster, namespace: string, serverTime: number, run: ProbeRun | undefined): Promise<number> {
  try {
    const path = namespaced('/api/v1', namespace, 'pods');
    // The run's own time may be over by now where the API server is slow.
    const reading = cluster.get<RawList<RawPod>>(path, { labelSelector: probeSelector, limit: mostLeft }, { cleansUp: true });
    const { items } = await within(patience, 'the API server', reading);
    const left = (items ?? []).filter((pod) => isProbePod(pod) && (isOver(pod, serverTime) || isOrphan(pod, run)));
    const turn = turns(sweptAtATime);
    const end = performance.now() + 2 * patience;
    const removals = await Promise.all(
      left.map(({ metadata }) => turn(async () => performance.now() < end && remove(cluster, namespace, metadata.name))),
    );
    return removals.filter((isGone) => isGone).length;
  } catch {
    // Its failures do not matter to this run: another, or the cluster with the pod that owns them, will.
    return 0;
  }
}

/** Whether it was removed: not where it was gone already. */
async function remove(cluster: Cluster, namespace: string, name: string): Promise<boolean> {
  const path = namespaced('/api/v1', namespace, 'pods', name);
  try {
    await within(patience, 'the API server', cluster.delete(path, { gracePeriodSeconds: 0 }));
    return true;
  } catch {
    return false;
  }
}

function isOver({ metadata, spec, status }: RawPod, serverTime: number): boolean {
  const age = serverTime - Date.parse(metadata.creationTimestamp ?? '');
  const lifetime = (spec.activeDeadlineSeconds ?? defaultDeadlineSeconds) + 10;
  return status?.phase === 'Failed' || status?.phase === 'Succeeded' || age > lifetime * 1000;
}

function isOrphan({ metadata }: RawPod, run: ProbeRun | undefined): boolean {
  const [machine, process] = metadata.annotations?.[runAnnotation]?.split('/') ?? [];
  return run !== undefined && machine === run.machine && !run.isAlive(Number(process));
}
