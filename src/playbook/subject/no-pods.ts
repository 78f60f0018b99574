import type { Cluster } from '../../cluster/cluster.ts';
import type { RawEvent, RawWorkload } from '../kubernetes.ts';
import { list } from '../list.ts';
import { shorten } from '../shorten.ts';
import { namespaced } from './workload.ts';

/** One line that says that the workload has no pods, and why, as far as it tells. */
export async function whyNoPods(cluster: Cluster, namespace: string, type: string, workload: RawWorkload): Promise<string> {
  const reason = fromSpec(type, workload) ?? fromConditions(workload) ?? (await fromEvents(cluster, namespace, workload));
  return `error: ${type} "${workload.metadata.name}" in namespace ${namespace} has no pods${reason ? `: ${shorten(reason, 1000)}` : ''}`;
}

function fromSpec(type: string, { spec, status }: RawWorkload): string | null {
  if (spec?.suspend) return 'it is suspended';
  if (spec?.replicas === 0) return 'it is scaled to 0 replicas';
  if (type === 'daemonset' && status?.desiredNumberScheduled === 0) return 'no node matches its node selector, affinity and tolerations';
  if (type === 'cronjob') return status?.lastScheduleTime ? 'those of its last run are gone' : 'it has not run yet';
  return null;
}

/** A controller that may not create pods says so in ReplicaFailure; a Job that ended, in Complete or Failed. */
function fromConditions({ status }: RawWorkload): string | null {
  const wanted = ['ReplicaFailure', 'Failed', 'Complete', 'Suspended'];
  const condition = wanted
    .map((type) => status?.conditions?.find((c) => c.type === type && c.status === 'True'))
    .find((c) => c !== undefined);
  if (!condition) return null;
  return condition.message || condition.reason || `its condition ${condition.type} is True`;
}

async function fromEvents(cluster: Cluster, namespace: string, workload: RawWorkload): Promise<string | null> {
  try {
    const fieldSelector = `involvedObject.uid=${workload.metadata.uid},reason=FailedCreate`;
    const { items } = await list<RawEvent>(cluster, namespaced('/api/v1', namespace, 'events'), { fieldSelector });
    return items.at(-1)?.message ?? null;
  } catch {
    return null;
  }
}
