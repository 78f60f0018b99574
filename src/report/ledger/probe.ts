import type { Evidence, ProbeAnswer, ProbeFacts } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { describeObstacle, find } from '../steps/finding.ts';
import { cluster, type Line } from './line.ts';

/** What the node answered to the probe pods, or what forbade them. */
export function probeLines(evidence: Evidence, facts: ProbeFacts, verdict: Verdict): Line[] {
  const answers = find(facts.images, verdict)?.answers ?? [];
  const heard = answers.some(({ prober, message }) => prober === 'runtime' && message !== null);
  const silence = heard ? 'no answer while it was waited for' : 'no answer in time';
  const lines = answers.flatMap((answer) => linesOf(evidence, answer, silence));
  return facts.refusal === null ? lines : [...lines, cluster(evidence, describeObstacle(facts.refusal), 'probe pod, dry run')];
}

function linesOf(evidence: Evidence, answer: ProbeAnswer, silence: string): Line[] {
  const source = sourceOf(evidence, answer);
  const at = answer.at ?? evidence.collectedAt;
  if (answer.refusal && answer.message === null) return [cluster(evidence, describeObstacle(answer.refusal), `${source}, dry run`)];
  if (answer.layers && answer.layers.length > 0)
    return answer.layers.map(({ layer, result, detail }) => ({ from: 'node', fact: `${layer} ${result}: ${detail}`, source, at }));
  const took = answer.milliseconds === undefined ? '' : `, after ${answer.milliseconds} ms`;
  return [{ from: 'node', fact: answer.message ?? silence, source: `${source}${took}`, at }];
}

function sourceOf({ pod }: Evidence, answer: ProbeAnswer): string {
  const node = pod.node ?? 'the node';
  switch (answer.prober) {
    case 'kubelet':
      return `kubelet on ${node}, asked for ${answer.target}`;
    case 'tool':
      return `pod on ${node} in ${answer.hostNetwork ? "the node's network" : 'the network of pods'}, asked for ${answer.target}`;
    case 'canary':
      return `runtime on ${node}, asked for ${answer.target} itself`;
    case 'runtime':
      return `runtime on ${node} ${answer.withSecrets ? "with the pod's secrets" : 'without secrets'}, asked for ${answer.target}`;
  }
}
