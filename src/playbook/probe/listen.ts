import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Obstacle } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { type Heard, isHttpAnswer } from './answer.ts';
import { type Listening, listenTo } from './listening.ts';
import { narrowed, type ProbePod } from './pod.ts';

/** Who makes the pods that are listened to. */
export interface Maker {
  /** null: it was refused, or nobody knows what became of it. */
  make(pod: ProbePod): Promise<RawPod | null>;
  /** What is let in of this pod and those that stand by for it; null: nothing. */
  admit(pod: ProbePod): Promise<ProbePod | null>;
  /** Called where the node itself turns a pod away. */
  refuse(pod: ProbePod, refusal: Obstacle): void;
}

/** Pods of one kind, one after the other until one could ask. */
interface Chain {
  readonly pods: readonly Listening[];
  readonly done: Promise<void>;
}

/**
 * Makes these pods, which were let in, and listens to their events and statuses until each has told all that it was made for, or the signal
 * aborts. Where one could not ask, the one that stands by for it is made; and where the kubelet was answered and the runtime was not, a
 * tool, which sees more of an answer than the kubelet does.
 */
export async function listen(
  cluster: Cluster,
  namespace: string,
  pods: readonly ProbePod[],
  maker: Maker,
  outer: AbortSignal,
): Promise<ReadonlyMap<ProbePod, ReadonlyMap<string, Heard>>> {
  const over = new AbortController();
  const signal = AbortSignal.any([outer, over.signal]);
  const ask = (pod: ProbePod) =>
    chain(pod, maker, signal, (one, created) =>
      listenTo(cluster, namespace, one, created, signal, (refusal) => maker.refuse(one, refusal)),
    );
  const chains = pods.map(ask);
  const [runtime, kubelet] = [of(chains, ['runtime', 'canary'], pods), of(chains, ['kubelet', 'tool'], pods)];
  await Promise.race<unknown>([
    runtime.done.then((): Promise<unknown> => (runtime.answered() ? upTo(kubelet.grace(), kubelet.done) : kubelet.done)),
    kubelet.done.then((): Promise<unknown> => (kubelet.answered() ? upTo(runtime.grace(), runtime.done) : runtime.done)),
  ]);
  const tool = runtime.answered() ? null : toolAfter(kubelet.listened());
  if (tool && !signal.aborted) {
    const admitted = await maker.admit(tool);
    if (admitted) {
      chains.push(ask(admitted));
      await chains.at(-1)?.done;
    }
  }
  over.abort();
  // A pod that is being made is to be known to whoever removes it.
  await Promise.all(chains.map(({ done }) => done));
  return new Map(chains.flatMap((each) => each.pods).map(({ pod, heard }) => [pod, heard]));
}

function chain(first: ProbePod, maker: Maker, signal: AbortSignal, listenTo: (pod: ProbePod, created: RawPod) => Listening): Chain {
  const pods: Listening[] = [];
  const run = async () => {
    let next: ProbePod | null | undefined = first;
    while (next && !signal.aborted) {
      const pod: ProbePod = next;
      const created = await maker.make(pod);
      if (created === null) return;
      const listening = listenTo(pod, created);
      pods.push(listening);
      await listening.done;
      next = couldAsk(listening) || !pod.fallback || signal.aborted ? null : await maker.admit(pod.fallback);
    }
  };
  return { pods, done: run() };
}

/**
 * One that the node turned away, or that has not spoken yet, is not replaced; one of which every container is known to be unable to ask is.
 * A tool in another network would have the same images.
 */
function couldAsk({ pod, heard }: Listening): boolean {
  return pod.prober === 'tool' || heard.size === 0 || [...heard.values()].some(({ message }) => message !== null);
}

/**
 * The tool that stands by for a kubelet that got as far as it can see, for the hosts that answered it: where the way to the others ends,
 * the kubelet has said.
 */
function toolAfter(listened: readonly Listening[]): ProbePod | null {
  const kubelets = listened.filter(({ pod }) => pod.prober === 'kubelet');
  const answered = kubelets.flatMap(({ pod, heard }) =>
    [...pod.questions].flatMap(([container, asked]) => (isHttpAnswer(heard.get(container)?.message ?? null) ? [asked] : [])),
  );
  let next = kubelets[0]?.pod.fallback;
  while (next && next.prober !== 'tool') next = next.fallback;
  if (!next || answered.length === 0) return null;
  return narrowed(next, ({ target, host }) => answered.some((asked) => asked.target === target && asked.host === host));
}

function of(chains: readonly Chain[], probers: readonly ProbePod['prober'][], pods: readonly ProbePod[]) {
  const own = chains.filter((_, index) => probers.includes(pods[index]?.prober ?? 'runtime'));
  const listened = () => own.flatMap((each) => each.pods);
  const answered = (each: Chain) => each.pods.some(({ heard }) => [...heard.values()].some(({ message }) => message !== null));
  return {
    done: Promise.all(own.map(({ done }) => done)),
    listened,
    grace: () => Math.max(0, ...listened().map(({ pod }) => pod.grace)),
    answered: () => own.length > 0 && own.every(answered),
  };
}

async function upTo(milliseconds: number, done: Promise<unknown>): Promise<void> {
  if (milliseconds === Number.POSITIVE_INFINITY) return void (await done);
  const over = new AbortController();
  await Promise.race([done, sleep(milliseconds, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
}
