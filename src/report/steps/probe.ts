import type { Evidence, ImageProbeFacts, Obstacle, ProbeAnswer } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { describeObstacle, factsOrRow, find, forEachImage, type StepFinding, type StepReport, unknown } from './finding.ts';
import { isSilentTool, isUnpulledTool, type ReadAnswer, say } from './probe-answer.ts';

/** What the node's runtime and kubelet said when they were made to ask the registry. */
export function probe(readAnswer: ReadAnswer): StepReport {
  return (evidence, verdicts) => {
    const read = factsOrRow(evidence.probe);
    if ('row' in read) return read.row;
    const { refusal, images } = read.facts;
    const refused = refusal === null ? null : unknown(`no probe pod could be made: ${refusalWords(refusal)}`);
    return forEachImage(verdicts, (verdict) => tell(evidence, images, verdict, readAnswer), {
      nothing: refused ?? unknown('no image was probed'),
    });
  };
}

/** Where the runtime has answered, it does not matter who else did not. */
function tell(evidence: Evidence, images: readonly ImageProbeFacts[], verdict: Verdict, readAnswer: ReadAnswer): StepFinding | null {
  const answers = find(images, verdict)?.answers ?? [];
  if (answers.length === 0) return null;
  const [first] = answers;
  if (first?.refusal && answers.every(({ refusal, message }) => message === null && isAlike(refusal, first.refusal))) {
    return unknown(`no probe pod could be made: ${refusalWords(first.refusal)}`);
  }
  const node = evidence.pod.node ?? 'the node';
  const heard = answers.some(({ prober, message }) => prober === 'runtime' && message !== null);
  const telling = answers.filter((answer) => answer.message !== null || !heard || isSilentTool(answer) || isUnpulledTool(answer));
  const told = alike(telling, readAnswer).map((group) =>
    say(group, { node, verdict, hasSecrets: hasSecrets(evidence), heard }, readAnswer),
  );
  const status = told.some((each) => each.status === 'problem') ? 'problem' : told.some((each) => each.status === 'ok') ? 'ok' : 'unknown';
  return { status, finding: told.map((each) => each.finding).join('; ') };
}

/** The same rule of the cluster, whatever amounts each pod asked for. */
function isAlike(refusal: Obstacle | undefined, other: Obstacle | undefined): boolean {
  const shape = (one: Obstacle | undefined) => one?.message.replace(/\d+/g, '0');
  return shape(refusal) === shape(other);
}

function hasSecrets({ secrets }: Evidence): boolean {
  return secrets.outcome !== 'done' || secrets.facts.secrets.length > 0;
}

/** Answers that end in the same layer at several hosts of one role, such as mirrors, are told together. */
function alike(answers: readonly ProbeAnswer[], readAnswer: ReadAnswer): readonly (readonly [ProbeAnswer, ...ProbeAnswer[]])[] {
  const groups = new Map<unknown, [ProbeAnswer, ...ProbeAnswer[]]>();
  for (const answer of answers) {
    const { prober, role, message } = answer;
    const { reached, layer } = readAnswer(answer);
    const key = prober === 'kubelet' && role && message !== null ? `${role} ${reached} ${layer}` : answer;
    const group = groups.get(key);
    if (group) group.push(answer);
    else groups.set(key, [answer]);
  }
  return [...groups.values()];
}

/** A policy or a quota holds in one namespace: another may let the pods in. */
function refusalWords(refusal: Obstacle): string {
  const hint =
    refusal.kind === 'refused' && !/^[A-Z]\w+: /.test(refusal.message) ? '; --probe-namespace names another namespace for it' : '';
  return `${describeObstacle(refusal)}${hint}`;
}
