import type { Evidence, ImageProbeFacts, ProbeAnswer } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { quote } from '../human.ts';
import { runtimeWords } from '../words.ts';
import { describeObstacle, factsOf, find, forEachImage, ok, problem, type StepFinding, type StepReport, unknown } from './finding.ts';

/** What the node's runtime and kubelet said when they were made to ask the registry. */
export const probe: StepReport = (evidence, verdicts) => {
  const read = factsOf(evidence.probe);
  if ('row' in read) return read.row;
  const { refusal, images } = read.facts;
  const refused = refusal === null ? null : unknown(`no probe pod could be made: ${describeObstacle(refusal)}`);
  return forEachImage(verdicts, (verdict) => tell(evidence, images, verdict), { nothing: refused ?? unknown('no image was probed') });
};

function tell(evidence: Evidence, images: readonly ImageProbeFacts[], verdict: Verdict): StepFinding | null {
  const answers = find(images, verdict)?.answers ?? [];
  if (answers.length === 0) return null;
  const node = evidence.pod.node ?? 'the node';
  const told = answers.map((answer) => say(answer, node, verdict));
  const status = told.some((each) => each.status === 'problem') ? 'problem' : told.some((each) => each.status === 'ok') ? 'ok' : 'unknown';
  return { status, finding: told.map((each) => each.finding).join('; ') };
}

function say(answer: ProbeAnswer, node: string, verdict: Verdict): StepFinding {
  const prober = answer.prober === 'runtime' ? `the runtime on ${node}` : `the kubelet on ${node}`;
  if (answer.message === null) return unknown(`${prober} gave no answer in time`);
  const words = quote(runtimeWords(answer.message, 200));
  const how = answer.prober === 'kubelet' ? '' : answer.withSecrets ? ", with the pod's secrets" : ', without secrets';
  if (!isAnswered(answer)) return problem(`${prober}${how}: ${words}`);
  const registry = verdict.reference?.registry ?? 'the registry';
  return answer.prober === 'kubelet'
    ? ok(`${prober} reaches ${registry}: ${words}`)
    : ok(`${prober}${how}, reaches ${registry} and may read: it has no such tag as the probe's, which cannot exist`);
}

/**
 * The registry itself answered: for the runtime, that the probe's own tag, which cannot exist, does not exist (the whole message, not merely a gRPC code's echo
 * at its end); for the kubelet, any HTTP status.
 */
function isAnswered(answer: ProbeAnswer): boolean {
  const message = answer.message ?? '';
  if (answer.prober === 'kubelet') return /probe failed with statuscode: [1-4]\d\d/.test(message);
  const tag = answer.target.slice(answer.target.lastIndexOf(':') + 1);
  return message.endsWith(`:${tag}: not found`) || (message.includes(tag) && /manifest unknown[^:]*$/.test(message));
}
