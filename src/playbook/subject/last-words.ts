import type { Cluster } from '../../cluster/cluster.ts';
import type { NoPodsReason } from '../../values/no-pods.ts';
import type { RawEvent } from '../kubernetes.ts';
import { list } from '../list.ts';
import { shorten } from '../shorten.ts';
import { namespaced } from './workload.ts';

/** What a kubelet says of a pull that failed; the bare `Error: ErrImagePull` beside it says nothing. */
const ofPull = /^Failed to (?:pull|inspect) image /;

/**
 * What the events, which outlive their pods, still say of a pull by a pod that this workload made: a Job's are deleted with its deadline.
 * null: nothing is left. Which pods it made, its own events say.
 */
export async function lastWords(cluster: Cluster, namespace: string, uid: string): Promise<NoPodsReason | null> {
  const events = async (fieldSelector: string) =>
    (await list<RawEvent>(cluster, namespaced('/api/v1', namespace, 'events'), { fieldSelector })).items;
  try {
    const made = await events(`involvedObject.uid=${uid},reason=SuccessfulCreate`);
    const pods = new Set(made.flatMap(({ message }) => /Created pod: (\S+)$/.exec(message ?? '')?.[1] ?? []));
    if (pods.size === 0) return null;
    const failed = await events('involvedObject.kind=Pod,reason=Failed');
    const last = failed
      .filter(({ involvedObject, message }) => pods.has(involvedObject?.name ?? '') && ofPull.test(message ?? ''))
      .sort((a, b) => eventTime(a) - eventTime(b))
      .at(-1);
    const pod = last?.involvedObject?.name;
    return last === undefined || pod === undefined ? null : { what: 'gone', pod, words: shorten(last.message ?? '', 1000) };
  } catch {
    return null;
  }
}

/** When it happened last, in milliseconds; 0: it does not say. */
export function eventTime({ lastTimestamp, eventTime: once, series, metadata }: RawEvent): number {
  return Date.parse(series?.lastObservedTime ?? lastTimestamp ?? once ?? metadata.creationTimestamp ?? '') || 0;
}
