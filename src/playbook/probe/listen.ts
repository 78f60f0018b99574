import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Obstacle } from '../../values/evidence.ts';
import { follow } from '../follow.ts';
import type { RawEvent, RawPod } from '../kubernetes.ts';
import { shorten } from '../shorten.ts';
import { since } from '../step.ts';
import { namespaced } from '../subject/workload.ts';
import { type Heard, heardFromKubelet, heardFromReadiness, heardFromRuntime, heardFromStatus, heardFromTool } from './answer.ts';
import type { ProbePod } from './pod.ts';

export type { Heard } from './answer.ts';

interface Asked {
  readonly pod: ProbePod;
  readonly created: RawPod;
}

/**
 * Listens to the events and statuses of these pods until each has told all that it was made for, or the signal aborts.
 * @param refuse called where the node itself turns a pod away
 */
export async function listen(
  cluster: Cluster,
  namespace: string,
  asked: readonly Asked[],
  signal: AbortSignal,
  refuse: (pod: ProbePod, refusal: Obstacle) => void,
): Promise<ReadonlyMap<ProbePod, ReadonlyMap<string, Heard>>> {
  const all = asked.map(({ pod, created }) => ({ pod, ...listenTo(cluster, namespace, pod, created, signal, refuse) }));
  const [runtime, kubelet] = [of(all, ['runtime', 'canary']), of(all, ['kubelet', 'tool'])];
  await Promise.race<unknown>([
    runtime.done.then((): Promise<unknown> => (runtime.answered() ? upTo(kubelet.grace, kubelet.done) : kubelet.done)),
    kubelet.done.then((): Promise<unknown> => (kubelet.answered() ? upTo(runtime.grace, runtime.done) : runtime.done)),
  ]);
  for (const { stop } of all) stop();
  return new Map(all.map(({ pod, heard }) => [pod, heard]));
}

type Listening = { readonly pod: ProbePod } & ReturnType<typeof listenTo>;

function of(all: readonly Listening[], probers: readonly ProbePod['prober'][]) {
  const pods = all.filter(({ pod }) => probers.includes(pod.prober));
  return {
    done: Promise.all(pods.map(({ done }) => done)),
    grace: Math.max(0, ...pods.map(({ pod }) => pod.grace)),
    answered: () => pods.length > 0 && pods.every(({ heard }) => [...heard.values()].some(({ message }) => message !== null)),
  };
}

async function upTo(milliseconds: number, done: Promise<unknown>): Promise<void> {
  if (milliseconds === Number.POSITIVE_INFINITY) return void (await done);
  const over = new AbortController();
  await Promise.race([done, sleep(milliseconds, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
}

function listenTo(
  cluster: Cluster,
  namespace: string,
  pod: ProbePod,
  created: RawPod,
  signal: AbortSignal,
  refuse: (pod: ProbePod, refusal: Obstacle) => void,
) {
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
    const one = pulls(pod) ? heardFromRuntime(event) : heardFromKubelet(event);
    if (one) hear([one]);
  };
  const seePod = (seen: RawPod) => {
    hear(pulls(pod) ? heardFromStatus(seen) : pod.prober === 'kubelet' ? heardFromReadiness(seen) : heardFromTool(seen));
    const refusal = refusalOf(seen);
    if (refusal && heard.size === 0) {
      refuse(pod, refusal);
      stop();
    }
  };
  const { uid, name } = created.metadata;
  void follow<RawEvent>(
    cluster,
    namespaced('/api/v1', namespace, 'events'),
    { fieldSelector: `involvedObject.uid=${uid}` },
    over.signal,
    seeEvent,
  );
  void follow<RawPod>(cluster, namespaced('/api/v1', namespace, 'pods'), { fieldSelector: `metadata.name=${name}` }, over.signal, seePod);
  return { heard, done, stop };
}

function pulls({ prober }: ProbePod): boolean {
  return prober === 'runtime' || prober === 'canary';
}

/** Each target has an answer, or no container left that could get one. */
function isAnswered({ questions }: ProbePod, heard: ReadonlyMap<string, Heard>): boolean {
  const answered = new Set(
    [...questions].filter(([container]) => heard.get(container)?.message && heard.get(container)?.final).map(([, target]) => target),
  );
  return [...questions].every(([container, target]) => answered.has(target) || heard.get(container)?.final);
}

/** The kubelet turns pods away with a reason of its own: `Evicted` under DiskPressure, `OutOfcpu`, `OutOfpods` … */
function refusalOf({ status }: RawPod): Obstacle | null {
  if (status?.phase !== 'Failed' || !status.reason || status.reason === 'DeadlineExceeded') return null;
  return { kind: 'refused', message: shorten(`${status.reason}: ${status.message ?? ''}`, 2000) };
}
