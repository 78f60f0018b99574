import type { Evidence, ProbeFacts } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { describeObstacle, find } from '../steps/finding.ts';
import { cluster, type Line } from './line.ts';

/** What the node answered to the probe pods, or what forbade them. */
export function probeLines(evidence: Evidence, facts: ProbeFacts, verdict: Verdict): Line[] {
  const answers = (find(facts.images, verdict)?.answers ?? []).map((answer): Line => {
    const how = answer.prober === 'kubelet' ? '' : answer.withSecrets ? " with the pod's secrets" : ' without secrets';
    const source = `${answer.prober} on ${evidence.pod.node ?? 'the node'}${how}, asked for ${answer.target}`;
    return { from: 'node', fact: answer.message ?? 'no answer in time', source, at: answer.at ?? evidence.collectedAt };
  });
  return facts.refusal === null ? answers : [...answers, cluster(evidence, describeObstacle(facts.refusal), 'probe pod, dry run')];
}
