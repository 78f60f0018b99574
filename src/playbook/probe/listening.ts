import type { Cluster } from '../../cluster/cluster.ts';
import type { Obstacle } from '../../values/evidence.ts';
import { follow } from '../follow.ts';
import type { RawEvent, RawPod } from '../kubernetes.ts';
import { shorten } from '../shorten.ts';
import { since } from '../step.ts';
import { namespaced } from '../subject/workload.ts';
import {
  type Heard,
  heardFromKubelet,
  heardFromReadiness,
  heardFromRuntime,
  heardFromStatus,
  heardFromTool,
  unpulledTool,
} from './answer.ts';
import type { ProbePod } from './pod.ts';

/** A pod that is listened to, and what its containers have told so far. */
export interface Listening {
  readonly pod: ProbePod;
  readonly heard: ReadonlyMap<string, Heard>;
  /** Settles once nothing more is to be heard of it. */
  readonly done: Promise<void>;
}

/**
 * Follows the events and the status of a pod that was made, until it has told all that it was made for, the node turns it away, or the
 * signal aborts.
 * @param refuse called where the node turns it away
 */
export function listenTo(
  cluster: Cluster,
  namespace: string,
  pod: ProbePod,
  created: RawPod,
  signal: AbortSignal,
  refuse: (refusal: Obstacle) => void,
): Listening {
  const heard = new Map<string, Heard>();
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const over = new AbortController();
  const stop = () => {
    over.abort();
    finish();
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });

  const begun = performance.now();
  const hear = (news: readonly Heard[]) => {
    const milliseconds = since(begun);
    for (const one of news) if (!heard.get(one.container)?.final) heard.set(one.container, { ...one, milliseconds });
    if (isAnswered(pod, heard)) stop();
  };
  const seeEvent = (event: RawEvent) => {
    const one = heardInEvent(pod, event);
    if (one) hear([one]);
  };
  const seePod = (seen: RawPod) => {
    const unpulled = pod.prober === 'tool' ? unpulledTool(seen) : null;
    if (!unpulled) hear(heardInStatus(pod, seen));
    const refusal = unpulled ?? (heard.size === 0 ? refusalOf(seen) : null);
    if (!refusal) return;
    refuse(refusal);
    stop();
  };
  const { uid, name } = created.metadata;
  const path = (collection: string) => namespaced('/api/v1', namespace, collection);
  void follow<RawEvent>(cluster, path('events'), { fieldSelector: `involvedObject.uid=${uid}` }, over.signal, seeEvent);
  void follow<RawPod>(cluster, path('pods'), { fieldSelector: `metadata.name=${name}` }, over.signal, seePod);
  return { pod, heard, done };
}

/** What became of a tool its status says, in more words. */
function heardInEvent(pod: ProbePod, event: RawEvent): Heard | null {
  if (pod.prober === 'tool') return null;
  return pulls(pod) ? heardFromRuntime(event) : heardFromKubelet(event);
}

function heardInStatus(pod: ProbePod, seen: RawPod): readonly Heard[] {
  if (pulls(pod)) return heardFromStatus(seen);
  return pod.prober === 'kubelet' ? heardFromReadiness(seen) : heardFromTool(seen);
}

function pulls({ prober }: ProbePod): boolean {
  return prober === 'runtime' || prober === 'canary';
}

/** Each question has an answer, or no container left that could get one. */
function isAnswered({ questions }: ProbePod, heard: ReadonlyMap<string, Heard>): boolean {
  const answered = new Set(
    [...questions].filter(([container]) => heard.get(container)?.message && heard.get(container)?.final).map(([, asked]) => asked),
  );
  return [...questions].every(([container, asked]) => answered.has(asked) || heard.get(container)?.final);
}

/** The kubelet turns pods away with a reason of its own: `Evicted` under DiskPressure, `OutOfcpu`, `OutOfpods` … */
function refusalOf({ status }: RawPod): Obstacle | null {
  if (status?.phase !== 'Failed' || !status.reason || status.reason === 'DeadlineExceeded') return null;
  return { kind: 'refused', message: shorten(`${status.reason}: ${status.message ?? ''}`, 2000) };
}
