import type { ImageProbeFacts, Obstacle, ProbeAnswer, ProbeFacts, ProbeHost } from '../../values/evidence.ts';
import type { Heard } from './answer.ts';
import type { ProbePlan, ProbeTarget } from './plan.ts';
import type { Asked, ProbePod } from './pod.ts';
import { readLayers } from './tool.ts';

export type HeardByPod = ReadonlyMap<ProbePod, ReadonlyMap<string, Heard>>;
export type Refusals = ReadonlyMap<ProbePod, Obstacle>;

/** What was heard, by image; pods that were refused leave an answer that says why. */
export function readFacts(plan: ProbePlan, pods: readonly ProbePod[], heard: HeardByPod, refusals: Refusals): ProbeFacts {
  const [first] = pods;
  const shown = pods.filter((pod) => !isReplaced(pod, pods, heard));
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

/** One that said nothing, where another of its kind was asked in its place: that one's answer says more. */
function isReplaced(pod: ProbePod, pods: readonly ProbePod[], heard: HeardByPod): boolean {
  if (pod.fallback?.prober !== pod.prober || !pods.some(({ name, hostNetwork }) => isSame(pod.fallback, name, hostNetwork))) return false;
  return ![...(heard.get(pod)?.values() ?? [])].some(({ message }) => message !== null);
}

/** By name, for one that was made smaller for a quota is another object. */
function isSame(fallback: ProbePod | undefined, name: string, hostNetwork: boolean): boolean {
  return fallback?.name === name && fallback.hostNetwork === hostNetwork;
}

function answersOf(
  pod: ProbePod,
  target: ProbeTarget,
  heard: ReadonlyMap<string, Heard> | undefined,
  refusal: Obstacle | undefined,
): ImageProbeFacts['answers'] {
  const subjects = [...new Set(pod.questions.values())].filter((asked) => asked.target === target);
  // A refusal is told once, not of every host.
  const told = refusal && !heard?.size ? subjects.slice(0, 1) : subjects;
  return told.map((asked) => answerOf(pod, asked, heard, refusal));
}

function answerOf(pod: ProbePod, asked: Asked, heard: ReadonlyMap<string, Heard> | undefined, refusal: Obstacle | undefined): ProbeAnswer {
  const containers = [...pod.questions].flatMap(([container, other]) => (other === asked ? [container] : []));
  const container = containers.find((candidate) => heard?.get(candidate)?.message) ?? containers[0] ?? '';
  const answer = heard?.get(container);
  const message = answer?.message ?? null;
  const role = asked.host?.role;
  const facts: ProbeAnswer = {
    prober: pod.prober,
    withSecrets: pod.withSecrets,
    target: asked.host ? urlOf(asked.host) : imageOf(pod, container),
    ...(role && role !== 'registry' && { role }),
    message,
    at: answer?.at ?? null,
    ...(message !== null && answer?.milliseconds !== undefined && { milliseconds: answer.milliseconds }),
    ...(pod.prober === 'tool' && { hostNetwork: pod.hostNetwork, layers: readLayers(message ?? '') }),
  };
  return refusal && message === null ? { ...facts, refusal } : facts;
}

function urlOf({ scheme, host, port, path }: ProbeHost): string {
  return `${scheme}://${host}:${port}${path ?? '/v2/'}`;
}

function imageOf(pod: ProbePod, container: string): string {
  return pod.manifest.spec.containers.find((candidate) => candidate.name === container)?.image ?? '';
}
