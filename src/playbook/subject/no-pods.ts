import type { Cluster } from '../../cluster/cluster.ts';
import { controllerOf, type RawEvent, type RawMeta, type RawWorkload } from '../kubernetes.ts';
import { list } from '../list.ts';
import { shorten } from '../shorten.ts';
import { heldBack, type Wanting, whatWouldAllow } from './allow.ts';
import { eventTime, lastWords } from './last-words.ts';
import { listWorkloads, namespaced } from './workload.ts';

/** Why there are no pods, and in further lines what would make some, or what the kubelet said of those that are gone. */
interface Reason {
  readonly text: string;
  readonly more: readonly string[];
}

/**
 * What says that the workload has no pods, and why, as far as it tells; then what would allow them.
 * @param type as kubectl takes it
 */
export async function whyNoPods(cluster: Cluster, namespace: string, type: string, workload: RawWorkload): Promise<string> {
  const of = { namespace, type, name: workload.metadata.name };
  const reason = fromSpec(of, workload) ?? (await fromWords(cluster, of, workload));
  const line = `error: ${type} "${of.name}" in namespace ${namespace} has no pods`;
  return reason === null ? line : [`${line}: ${shorten(reason.text, 1000)}`, ...reason.more].join('\n');
}

function fromSpec(of: Wanting, { spec, status }: RawWorkload): Reason | null {
  if (spec?.suspend) return { text: 'it is suspended', more: heldBack('suspended', of) };
  if (spec?.replicas === 0) return { text: 'it is scaled to 0 replicas', more: heldBack('zero', of) };
  if (of.type === 'daemonset' && status?.desiredNumberScheduled === 0) {
    return { text: 'no node matches its node selector, affinity and tolerations', more: [] };
  }
  return null;
}

async function fromWords(cluster: Cluster, of: Wanting, workload: RawWorkload): Promise<Reason | null> {
  if (of.type === 'cronjob') return ofCronJob(cluster, of, workload);
  const refusal = fromConditions(workload, ['ReplicaFailure']) ?? (await fromEvents(cluster, of, workload.metadata));
  if (refusal !== null) return { text: refusal, more: whatWouldAllow(refusal, of) };
  const ended = fromConditions(workload, ['Failed', 'Complete', 'Suspended']);
  if (ended !== null) return { text: ended, more: await lastWords(cluster, of.namespace, workload.metadata.uid) };
  if (workload.spec?.paused) return { text: 'it is paused, and was never rolled out', more: heldBack('paused', of) };
  const gone = await lastWords(cluster, of.namespace, workload.metadata.uid);
  return gone.length === 0 ? null : { text: 'those that it had are gone', more: gone };
}

/** A CronJob's pods are those of its Jobs: its last one tells. */
async function ofCronJob(cluster: Cluster, of: Wanting, workload: RawWorkload): Promise<Reason> {
  const jobs = await quietly(() => listWorkloads(cluster, of.namespace, 'job'));
  const own = jobs.filter(({ metadata }) => controllerOf(metadata)?.uid === workload.metadata.uid);
  const last = own.sort((a, b) => created(b) - created(a))[0];
  if (last) {
    const job = { ...of, type: 'job', name: last.metadata.name };
    const reason = fromSpec(job, last) ?? (await fromWords(cluster, job, last));
    return { text: `its last Job, ${job.name}${reason === null ? ', has none' : `: ${reason.text}`}`, more: reason?.more ?? [] };
  }
  const ran = workload.status?.lastScheduleTime;
  if (!ran) return { text: `it has not run yet${workload.spec?.schedule ? ` (schedule ${workload.spec.schedule})` : ''}`, more: [] };
  return {
    text: `its last run was at ${ran}, and that Job and its pods are gone`,
    more: await lastWords(cluster, of.namespace, workload.metadata.uid),
  };
}

function created({ metadata }: RawWorkload): number {
  return Date.parse(metadata.creationTimestamp ?? '') || 0;
}

/** A controller that may not create pods says so in ReplicaFailure; a Job that ended, in Complete or Failed. */
function fromConditions({ status }: RawWorkload, wanted: readonly string[]): string | null {
  const condition = wanted
    .map((type) => status?.conditions?.find((c) => c.type === type && c.status === 'True'))
    .find((c) => c !== undefined);
  if (!condition) return null;
  return condition.message || condition.reason || `its condition ${condition.type} is True`;
}

/** The newest of the workload itself, or else of the ReplicaSets that it controls. */
async function fromEvents(cluster: Cluster, { namespace }: Wanting, { uid }: RawMeta): Promise<string | null> {
  const events = await quietly(async () => {
    const fieldSelector = 'reason=FailedCreate';
    return (await list<RawEvent>(cluster, namespaced('/api/v1', namespace, 'events'), { fieldSelector })).items;
  });
  if (events.length === 0) return null;
  const newestOf = (makers: ReadonlySet<string>) =>
    events
      .filter(({ involvedObject }) => makers.has(involvedObject?.uid ?? ''))
      .sort((a, b) => eventTime(a) - eventTime(b))
      .at(-1);
  const ownSets = async () => {
    const sets = await quietly(() => listWorkloads(cluster, namespace, 'replicaset'));
    return sets.filter(({ metadata }) => controllerOf(metadata)?.uid === uid).map(({ metadata }) => metadata.uid);
  };
  const message = (newestOf(new Set([uid])) ?? newestOf(new Set(await ownSets())))?.message ?? null;
  return message?.replace(/^\(combined from similar events\): /, '').replace(/^Error creating: /, '') ?? null;
}

async function quietly<T>(read: () => Promise<readonly T[]>): Promise<T[]> {
  try {
    return [...(await read())];
  } catch {
    return [];
  }
}
