import type { Cluster } from '../../cluster/cluster.ts';
import type { NoPods, NoPodsReason } from '../../values/no-pods.ts';
import { controllerOf, type RawEvent, type RawMeta, type RawWorkload } from '../kubernetes.ts';
import { list } from '../list.ts';
import { shorten } from '../shorten.ts';
import { eventTime, lastWords } from './last-words.ts';
import { quietly } from './quietly.ts';
import { listWorkloads, namespaced } from './workload.ts';

/** Which workload. */
type Wanting = Omit<NoPods, 'because'>;

interface Reason {
  readonly text: string;
  /** null: nothing is known that would make some. */
  readonly none: NoPods | null;
}

/** One line that says that the workload has no pods, and why, as far as it tells. */
export interface WhyNone {
  readonly line: string;
  readonly none: NoPods | null;
}

/** @param type as kubectl takes it */
export async function whyNoPods(cluster: Cluster, namespace: string, type: string, workload: RawWorkload): Promise<WhyNone> {
  const of = { namespace, type, name: workload.metadata.name, ...(cluster.reachedBy && { reachedBy: cluster.reachedBy }) };
  const reason = fromSpec(of, workload) ?? (await fromWords(cluster, of, workload));
  const line = `error: ${type} "${of.name}" in namespace ${namespace} has no pods`;
  return reason === null ? { line, none: null } : { line: `${line}: ${shorten(reason.text, 1000)}`, none: reason.none };
}

function reasonOf(text: string, of: Wanting, because: NoPodsReason | null): Reason {
  return { text, none: because && { ...of, because } };
}

function fromSpec(of: Wanting, { spec, status }: RawWorkload): Reason | null {
  if (spec?.suspend) return reasonOf('it is suspended', of, { what: 'suspended' });
  if (spec?.replicas === 0) return reasonOf('it is scaled to 0 replicas', of, { what: 'zero' });
  if (of.type === 'daemonset' && status?.desiredNumberScheduled === 0) {
    return reasonOf('no node matches its node selector, affinity and tolerations', of, null);
  }
  return null;
}

async function fromWords(cluster: Cluster, of: Wanting, workload: RawWorkload): Promise<Reason | null> {
  if (of.type === 'cronjob') return ofCronJob(cluster, of, workload);
  const refusal = fromConditions(workload, ['ReplicaFailure']) ?? (await fromEvents(cluster, of, workload.metadata));
  if (refusal !== null) return reasonOf(refusal, of, { what: 'refused', words: refusal });
  const ended = fromConditions(workload, ['Failed', 'Complete', 'Suspended']);
  const gone = () => lastWords(cluster, of.namespace, workload.metadata.uid);
  if (ended !== null) return reasonOf(ended, of, await gone());
  if (workload.spec?.paused) return reasonOf('it is paused, and was never rolled out', of, { what: 'paused' });
  const words = await gone();
  return words && reasonOf('those that it had are gone', of, words);
}

/** A CronJob's pods are those of its Jobs: its last one tells. */
async function ofCronJob(cluster: Cluster, of: Wanting, workload: RawWorkload): Promise<Reason> {
  const jobs = await quietly(() => listWorkloads(cluster, of.namespace, 'job'));
  const own = jobs.filter(({ metadata }) => controllerOf(metadata)?.uid === workload.metadata.uid);
  const last = own.sort((a, b) => created(b) - created(a))[0];
  if (last) {
    const job = { ...of, type: 'job', name: last.metadata.name };
    const reason = fromSpec(job, last) ?? (await fromWords(cluster, job, last));
    return { text: `its last Job, ${job.name}${reason === null ? ', has none' : `: ${reason.text}`}`, none: reason?.none ?? null };
  }
  const ran = workload.status?.lastScheduleTime;
  if (!ran) return reasonOf(`it has not run yet${workload.spec?.schedule ? ` (schedule ${workload.spec.schedule})` : ''}`, of, null);
  const text = `its last run was at ${ran}, and that Job and its pods are gone`;
  return reasonOf(text, of, await lastWords(cluster, of.namespace, workload.metadata.uid));
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
  return message === null ? null : shorten(message.replace(/^\(combined from similar events\): /, '').replace(/^Error creating: /, ''));
}
