import type { Cluster } from '../../cluster/cluster.ts';
import type { Obstacle, ProbeFacts, Step } from '../../values/evidence.ts';
import type { RawNode, RawPod } from '../kubernetes.ts';
import { list } from '../list.ts';
import { runStep } from '../step.ts';
import { type HeardByPod, readFacts } from './facts.ts';
import { harmlessImages } from './harmless-image.ts';
import { canaryPod, kubeletPod, runtimePod, toolPod } from './kinds.ts';
import { listen } from './listen.ts';
import type { ProbeOptions, ProbePlan } from './plan.ts';
import type { ProbePod } from './pod.ts';
import { admitOrFallBack, createPod, removalRefusal, removePod } from './pods.ts';
import { sweep } from './sweep.ts';

/** Probe pods but canaries end themselves soon after this, so nothing is waited for longer. Milliseconds. */
const longestWait = 45_000;
/** A canary lives this much longer than it is waited for, in seconds. */
const margin = 15;

/**
 * Asks the node: makes the pods that make its runtime and its kubelet ask the registry, listens to what they meet, and removes the pods
 * whatever happens. Nothing is created that a server-side dry run refuses.
 */
export function probe(cluster: Cluster, plan: ProbePlan, options: ProbeOptions): Promise<Step<ProbeFacts>> {
  return runStep(`create pods in namespace ${plan.namespace}`, async () => {
    const candidates = await probePods(cluster, plan, options);
    const [first] = candidates;
    const [irremovable, ...answers] = await Promise.all([
      first ? removalRefusal(cluster, plan.namespace, first.name) : null,
      ...candidates.map((pod) => admitOrFallBack(cluster, pod)),
    ]);
    const admissions = answers.flat().map((admission) => (irremovable ? { ...admission, refusal: irremovable } : admission));
    const refusals = new Map(admissions.flatMap(({ pod, refusal }) => (refusal ? [[pod, refusal] as const] : [])));
    const swept = sweep(cluster, plan.namespace, admissions[0]?.serverTime ?? Date.now(), options.run);
    const allowed = admissions.filter(({ refusal }) => !refusal).map(({ pod }) => pod);
    if (allowed.length > 0 && !options.signal.aborted) options.announce(announcement(plan, allowed));
    const considered = admissions.map(({ pod }) => pod);
    const heard = await askAll(cluster, plan, options, allowed, { considered, refusals });
    await swept;
    if (options.signal.aborted) throw new Error('interrupted');
    return readFacts(plan, considered, heard, refusals);
  });
}

async function probePods(cluster: Cluster, plan: ProbePlan, { timeoutMilliseconds }: ProbeOptions): Promise<readonly ProbePod[]> {
  const random = crypto.randomUUID().slice(0, 8);
  const connecting = plan.targets.filter((target) => target.hosts.length > 0);
  if (plan.tryPull) return [canaryPod(plan, Math.ceil(timeoutMilliseconds / 1000) + margin, random)];
  const anonymous = plan.elsewhere || plan.pullSecrets.length === 0 ? [] : plan.targets.filter((target) => target.anonymously);
  const images = connecting.length > 0 ? await findHarmlessImages(cluster, plan.node) : [];
  return [
    ...(plan.targets.length > 0 ? [runtimePod(plan, plan.targets, true, random)] : []),
    ...(anonymous.length > 0 ? [runtimePod(plan, anonymous, false, random)] : []),
    ...(images.length > 0 ? [kubeletPod(plan, connecting, images, random)] : []),
    ...(plan.toolImage ? [toolPod(plan, connecting, [plan.toolImage], 'IfNotPresent', random)] : []),
  ];
}

async function findHarmlessImages(cluster: Cluster, node: string) {
  const [object, pods] = await Promise.all([
    cluster.get<RawNode>(`/api/v1/nodes/${encodeURIComponent(node)}`).catch(() => null),
    list<RawPod>(cluster, '/api/v1/pods', { fieldSelector: `spec.nodeName=${node}` }).catch(() => ({ items: [] })),
  ]);
  return harmlessImages(object, pods.items);
}

function announcement({ namespace, node, tryPull }: ProbePlan, pods: readonly ProbePod[]): string {
  const names = pods.map((pod) => pod.name).join(', ');
  const [noun, pronoun] = pods.length === 1 ? ['pod', 'it is'] : ['pods', 'they are'];
  if (tryPull)
    return `Pulling on node ${node} through ${noun} ${names} in namespace ${namespace}; nothing of the image is run, and ${pronoun} removed then`;
  return `Asking node ${node} through ${noun} ${names} in namespace ${namespace}; ${pronoun} removed at once`;
}

/** What grows while pods stand by for others: those that were asked for, and what was said against them. */
interface Account {
  readonly considered: ProbePod[];
  readonly refusals: Map<ProbePod, Obstacle>;
}

async function askAll(
  cluster: Cluster,
  plan: ProbePlan,
  options: ProbeOptions,
  pods: readonly ProbePod[],
  { considered, refusals }: Account,
): Promise<HeardByPod> {
  const longest = plan.tryPull ? options.timeoutMilliseconds : Math.min(options.timeoutMilliseconds, longestWait);
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(longest)]);
  const begun: ProbePod[] = [];
  const unconfirmed = new Map<ProbePod, Promise<void>>();
  const make = async (pod: ProbePod) => {
    begun.push(pod);
    const outcome = await createPod(cluster, plan.namespace, pod, options.run);
    if (!('refusal' in outcome)) return outcome.created;
    refusals.set(pod, outcome.refusal);
    if (outcome.unconfirmed) unconfirmed.set(pod, outcome.unconfirmed);
    return null;
  };
  const admit = async (pod: ProbePod) => {
    const admissions = await admitOrFallBack(cluster, pod);
    for (const { pod: one, refusal } of admissions) {
      considered.push(one);
      if (refusal) refusals.set(one, refusal);
    }
    const allowed = admissions.find(({ refusal }) => !refusal)?.pod ?? null;
    if (allowed === null || signal.aborted) return null;
    options.announce(announcement(plan, [allowed]));
    return allowed;
  };
  const refuse = (pod: ProbePod, refusal: Obstacle) => refusals.set(pod, refusal);
  try {
    return signal.aborted ? new Map() : await listen(cluster, plan.namespace, pods, { make, admit, refuse }, signal);
  } finally {
    await Promise.all(begun.map((pod) => removePod(cluster, plan.namespace, pod.name, options.announce, unconfirmed.get(pod))));
  }
}
