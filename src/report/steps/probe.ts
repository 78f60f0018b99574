import type { Evidence, ImageProbeFacts, Obstacle, ProbeAnswer, ProbeLayer } from '../../values/evidence.ts';
import { tellsOfImage } from '../../values/pull-event.ts';
import type { Verdict } from '../../values/verdict.ts';
import { list, quote } from '../../words/text.ts';
import { runtimeWords } from '../words.ts';
import { describeObstacle, factsOrRow, find, forEachImage, ok, problem, type StepFinding, type StepReport, unknown } from './finding.ts';

/**
 * How an answer of the node is read: whether the registry itself answered, and whether who asked may read the repository. Handed in, so that the report judges
 * nothing that the causes judge.
 */
export type ReadAnswer = (answer: ProbeAnswer) => {
  readonly reached: boolean;
  readonly mayRead: boolean;
  /** Where the way ended. */
  readonly layer: ProbeLayer['layer'] | null;
};

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
  const told = alike(telling, readAnswer).map((group) => say(group, { node, verdict, hasSecrets: hasSecrets(evidence) }, readAnswer));
  const status = told.some((each) => each.status === 'problem') ? 'problem' : told.some((each) => each.status === 'ok') ? 'ok' : 'unknown';
  return { status, finding: told.map((each) => each.finding).join('; ') };
}

/** The same rule of the cluster, whatever amounts each pod asked for. */
function isAlike(refusal: Obstacle | undefined, other: Obstacle | undefined): boolean {
  const shape = (one: Obstacle | undefined) => one?.message.replace(/\d+/g, '0');
  return shape(refusal) === shape(other);
}

/** What an answer is said about. */
interface Asked {
  readonly node: string;
  readonly verdict: Verdict;
  /** Whether the pod has pull secrets, or may have. */
  readonly hasSecrets: boolean;
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

/** Of several that are alike the first one's words. */
function say(group: readonly [ProbeAnswer, ...ProbeAnswer[]], { node, verdict, hasSecrets }: Asked, readAnswer: ReadAnswer): StepFinding {
  const [answer] = group;
  const who = proberWords(answer, node);
  if (isUnpulledTool(answer))
    return unknown(`${who} told nothing, for its image was not pulled: ${quote(runtimeWords(answer.refusal?.message ?? '', 200))}`);
  if (answer.refusal) return unknown(`${who} was not asked: ${describeObstacle(answer.refusal)}`);
  if (isSilentTool(answer)) return unknown(`${who} told nothing: its image was not pulled in time, or has no shell`);
  if (answer.message === null) return unknown(`${who} gave no answer in time`);
  if (answer.prober === 'tool') return tool(answer, answer.role ? `${who}, of ${hostWords(answer, '')},` : who);
  const words = quote(runtimeWords(answer.message, 200));
  if (answer.prober === 'canary') return canary(answer, who, words, hasSecrets);
  const registry = verdict.reference?.registry ?? 'the registry';
  const { reached, mayRead, layer } = readAnswer(answer);
  if (answer.prober === 'kubelet') {
    const host = group.length === 1 ? hostWords(answer, registry) : `the ${manyOf(answer)} ${list(group.map(hostOf))}`;
    if (reached) return ok(`${who} reaches ${host}: ${words}`);
    return problem(`${who} fails at ${host}${layer === null ? '' : ` (${layer})`}: ${words}`);
  }
  const how = `${who}, ${answer.withSecrets ? withWhat(hasSecrets) : 'without secrets'}`;
  if (mayRead) return ok(`${how}, reaches ${registry} and may read: it has no such tag as the probe's, which cannot exist`);
  if (reached && !answer.withSecrets) return ok(`${how}, reaches ${registry}, which wants a login: ${words}`);
  return problem(`${how}: ${words}`);
}

/** It was made and announced, and came to nothing. Of several hosts it is told once. */
function isSilentTool({ prober, message, refusal, role }: ProbeAnswer): boolean {
  return prober === 'tool' && message === null && refusal === undefined && role === undefined;
}

/** It was let in and made: what failed then is the pull of its image. */
function isUnpulledTool({ prober, message, refusal }: ProbeAnswer): boolean {
  return prober === 'tool' && message === null && refusal?.kind === 'failed';
}

/** What the host is to the pull. */
const roles: Readonly<Record<NonNullable<ProbeAnswer['role']>, string>> = {
  token: 'the token server',
  blob: 'the storage of blobs',
  mirror: 'the mirror',
};

function hostWords(answer: ProbeAnswer, registry: string): string {
  return answer.role === undefined ? registry : `${roles[answer.role]} ${hostOf(answer)}`;
}

function hostOf({ target }: ProbeAnswer): string {
  return URL.parse(target)?.host ?? target;
}

/** Of the others a pull has one each. */
function manyOf({ role }: ProbeAnswer): string {
  return role === 'mirror' ? 'mirrors' : 'hosts';
}

/** A policy or a quota holds in one namespace: another may let the pods in. */
function refusalWords(refusal: Obstacle): string {
  const hint =
    refusal.kind === 'refused' && !/^[A-Z]\w+: /.test(refusal.message) ? '; --probe-namespace names another namespace for it' : '';
  return `${describeObstacle(refusal)}${hint}`;
}

function proberWords(answer: ProbeAnswer, node: string): string {
  switch (answer.prober) {
    case 'kubelet':
      return `the kubelet on ${node}`;
    case 'tool':
      return answer.hostNetwork ? `a pod in the network of ${node}` : `a pod on ${node}, in the network of pods,`;
    default:
      return `the runtime on ${node}`;
  }
}

function withWhat(hasSecrets: boolean): string {
  return hasSecrets ? "with the pod's secrets" : 'without secrets (the pod has none)';
}

function canary(answer: ProbeAnswer, who: string, words: string, hasSecrets: boolean): StepFinding {
  const took = answer.milliseconds === undefined ? '' : ` in ${(answer.milliseconds / 1000).toFixed(1)} s`;
  const message = answer.message ?? '';
  if (message.startsWith('Successfully pulled')) return ok(`${who} pulled the image just now${took}, ${withWhat(hasSecrets)}`);
  if (tellsOfImage(message)) return ok(`${who} has the image: ${words}`);
  return problem(`${who} could not pull the image just now either: ${words}`);
}

/** Each layer of the connection; what rests on one that failed was not tried. */
function tool({ layers = [] }: ProbeAnswer, who: string): StepFinding {
  const told = layers.map(({ layer, result, detail }) =>
    result === 'unknown'
      ? `${layer} ${detail.startsWith('certificate') ? 'not proved' : 'not tested'} (${runtimeWords(detail, 160)})`
      : `${layer} ${result === 'ok' ? 'ok' : 'failed'}: ${quote(runtimeWords(detail, 160))}`,
  );
  const finding = `${who} tried ${told.join(', ')}`;
  return layers.some(({ result }) => result === 'failed') ? problem(finding) : ok(finding);
}
