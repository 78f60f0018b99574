import type { ImageProbeFacts, Obstacle, ProbeAnswer, ProbeFacts } from '../../values/evidence.ts';
import type { Heard } from './listen.ts';
import type { ProbePlan, ProbeTarget } from './plan.ts';
import type { ProbePod } from './pod.ts';
import { readLayers } from './tool.ts';

export type HeardByPod = ReadonlyMap<ProbePod, ReadonlyMap<string, Heard>>;
export type Refusals = ReadonlyMap<ProbePod, Obstacle>;

/** What was heard, by image; pods that were refused leave an answer that says why. */
export function readFacts(plan: ProbePlan, pods: readonly ProbePod[], heard: HeardByPod, refusals: Refusals): ProbeFacts {
  const [first] = pods;
  const shown = pods.filter((pod) => !isReplaced(pod, refusals));
  return {
    refusal: (first && refusals.get(first)) ?? null,
    images: plan.targets.map((target) => ({
      container: target.container,
      kind: target.kind,
      answers: shown.flatMap((pod) => answersOf(pod, target, heard.get(pod), refusals.get(pod))),
    })),
    ...(plan.elsewhere && { namespace: plan.namespace }),
  };
}

/** A tool that may not have the node's network and got a pod's: the second one's answer says so. */
function isReplaced(pod: ProbePod, refusals: Refusals): boolean {
  return pod.fallback?.prober === pod.prober && refusals.has(pod) && !refusals.has(pod.fallback);
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
  const message = answer?.message ?? null;
  const facts: ProbeAnswer = {
    prober: pod.prober,
    withSecrets: pod.withSecrets,
    target: targetOf(pod, container, target),
    message,
    at: answer?.at ?? null,
    ...(message !== null && answer?.milliseconds !== undefined && { milliseconds: answer.milliseconds }),
    ...(pod.prober === 'tool' && { hostNetwork: pod.hostNetwork, layers: readLayers(message ?? '') }),
  };
  return [refusal && message === null ? { ...facts, refusal } : facts];
}

function targetOf(pod: ProbePod, container: string, { kubelet }: ProbeTarget): string {
  if (pod.prober === 'kubelet' || pod.prober === 'tool') return `https://${kubelet?.host}:${kubelet?.port}/v2/`;
  return pod.manifest.spec.containers.find((candidate) => candidate.name === container)?.image ?? '';
}
