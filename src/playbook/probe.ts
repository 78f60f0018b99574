import type { Cluster } from '../cluster/cluster.ts';
import type { ImageProbeFacts, Obstacle, ProbeAnswer, ProbeFacts, Step } from '../values/evidence.ts';
import { harmlessImages } from './harmless-image.ts';
import type { RawNode, RawPod } from './kubernetes.ts';
import { list } from './list.ts';
import { type Heard, listen } from './probe-listen.ts';
import type { ProbeOptions, ProbePlan, ProbeTarget } from './probe-plan.ts';
import { kubeletPod, type ProbePod, runtimePod } from './probe-pod.ts';
import { admit, createPod, removePod, sweep } from './probe-pods.ts';
import { runStep } from './step.ts';

export type { ProbeOptions, ProbePlan, ProbeTarget } from './probe-plan.ts';

/** Probe pods end themselves soon after this, so nothing is waited for longer. */
const longestWait = 45_000;

/**
 * Asks the node: makes the pods that make its runtime and its kubelet ask the registry, listens to what they meet, and removes the pods whatever happens.
 * Nothing is created that a server-side dry run refuses.
 */
export function probe(cluster: Cluster, plan: ProbePlan, options: ProbeOptions): Promise<Step<ProbeFacts>> {
  return runStep(`create pods in namespace ${plan.namespace}`, async () => {
    const candidates = await probePods(cluster, plan);
    const admissions = await Promise.all(candidates.map(async (pod) => ({ pod, admission: await admit(cluster, pod) })));
    const allowed = admissions.flatMap(({ pod, admission }) => ('refusal' in admission ? [] : [pod]));
    const refusals = new Map(
      admissions.flatMap(({ pod, admission }) => ('refusal' in admission ? [[pod, admission.refusal] as const] : [])),
    );
    const swept = sweep(cluster, plan.namespace, admissions[0]?.admission.serverTime ?? Date.now());
    if (allowed.length > 0 && !options.signal.aborted) options.announce(announcement(plan, allowed));
    const heard = await askAll(cluster, plan, options, allowed, refusals);
    await swept;
    if (options.signal.aborted) throw new Error('interrupted');
    return readFacts(plan, candidates, heard, refusals);
  });
}

async function probePods(cluster: Cluster, plan: ProbePlan): Promise<readonly ProbePod[]> {
  const random = crypto.randomUUID().slice(0, 8);
  const anonymous = plan.targets.filter((target) => target.anonymously);
  const connecting = plan.targets.filter((target) => target.kubelet !== null);
  const images = connecting.length > 0 ? await findHarmlessImages(cluster, plan.node) : [];
  return [
    ...(plan.targets.length > 0 ? [runtimePod(plan, plan.targets, true, random)] : []),
    ...(anonymous.length > 0 && plan.pullSecrets.length > 0 ? [runtimePod(plan, anonymous, false, random)] : []),
    ...(images.length > 0 ? [kubeletPod(plan, connecting, images, random)] : []),
  ];
}

async function findHarmlessImages(cluster: Cluster, node: string) {
  const [object, pods] = await Promise.all([
    cluster.get<RawNode>(`/api/v1/nodes/${encodeURIComponent(node)}`).catch(() => null),
    list<RawPod>(cluster, '/api/v1/pods', { fieldSelector: `spec.nodeName=${node}` }).catch(() => ({ items: [] })),
  ]);
  return harmlessImages(object, pods.items);
}

function announcement({ namespace, node }: ProbePlan, pods: readonly ProbePod[]): string {
  const names = pods.map((pod) => pod.name).join(', ');
  const [noun, pronoun] = pods.length === 1 ? ['pod', 'it is'] : ['pods', 'they are'];
  return `Asking node ${node} through ${noun} ${names} in namespace ${namespace}; ${pronoun} removed at once`;
}

type HeardByPod = ReadonlyMap<ProbePod, ReadonlyMap<string, Heard>>;

async function askAll(
  cluster: Cluster,
  plan: ProbePlan,
  options: ProbeOptions,
  pods: readonly ProbePod[],
  refusals: Map<ProbePod, Obstacle>,
): Promise<HeardByPod> {
  const deadline = AbortSignal.timeout(Math.min(options.timeoutMilliseconds, longestWait));
  const signal = AbortSignal.any([options.signal, deadline]);
  const begun = signal.aborted ? [] : pods;
  try {
    const created = await Promise.all(begun.map(async (pod) => ({ pod, outcome: await createPod(cluster, plan.namespace, pod) })));
    const asked = created.flatMap(({ pod, outcome }) => {
      if ('refusal' in outcome) refusals.set(pod, outcome.refusal);
      return 'refusal' in outcome ? [] : [{ pod, created: outcome.created }];
    });
    return await listen(cluster, plan.namespace, asked, signal, (pod, refusal) => refusals.set(pod, refusal));
  } finally {
    await Promise.all(begun.map((pod) => removePod(cluster, plan.namespace, pod.name, options.announce)));
  }
}

function readFacts(plan: ProbePlan, pods: readonly ProbePod[], heard: HeardByPod, refusals: ReadonlyMap<ProbePod, Obstacle>): ProbeFacts {
  const first = pods[0];
  return {
    refusal: (first && refusals.get(first)) ?? null,
    images: plan.targets.map((target) => ({
      container: target.container,
      kind: target.kind,
      answers: pods.flatMap((pod) => answersOf(pod, target, heard.get(pod), refusals.get(pod))),
    })),
  };
}

function answersOf(
  pod: ProbePod,
  target: ProbeTarget,
  heard: ReadonlyMap<string, Heard> | undefined,
  refusal: Obstacle | undefined,
): ImageProbeFacts['answers'] {
  const containers = [...pod.questions].flatMap(([container, asked]) => (asked === target ? [container] : []));
  const container = containers.find((candidate) => heard?.get(candidate)?.message) ?? containers[0];
  if (container === undefined) return [];
  const answer = heard?.get(container);
  const facts: ProbeAnswer = {
    prober: pod.prober,
    withSecrets: pod.withSecrets,
    target: targetOf(pod, container, target),
    message: answer?.message ?? null,
    at: answer?.at ?? null,
  };
  return [refusal && facts.message === null ? { ...facts, refusal } : facts];
}

function targetOf(pod: ProbePod, container: string, { kubelet }: ProbeTarget): string {
  if (pod.prober === 'kubelet') return `https://${kubelet?.host}:${kubelet?.port}/v2/`;
  return pod.manifest.spec.containers.find((candidate) => candidate.name === container)?.image ?? '';
}
