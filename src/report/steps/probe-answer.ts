import type { ProbeAnswer, ProbeLayer } from '../../values/evidence.ts';
import { tellsOfImage } from '../../values/pull-event.ts';
import type { Verdict } from '../../values/verdict.ts';
import { list, quote } from '../../words/text.ts';
import { runtimeWords } from '../words.ts';
import { describeObstacle, ok, problem, type StepFinding, unknown } from './finding.ts';

/**
 * How an answer of the node is read: whether the registry itself answered, and whether who asked may read the repository. Handed in, so
 * that the report judges nothing that the causes judge.
 */
export type ReadAnswer = (answer: ProbeAnswer) => {
  readonly reached: boolean;
  readonly mayRead: boolean;
  /** Where the way ended. */
  readonly layer: ProbeLayer['layer'] | null;
};

/** What an answer is said about. */
interface Asked {
  readonly node: string;
  readonly verdict: Verdict;
  /** Whether the pod has pull secrets, or may have. */
  readonly hasSecrets: boolean;
  /** Whether the runtime has answered: others were not waited for much longer. */
  readonly heard: boolean;
}

/** Of several that are alike the first one's words. */
export function say(
  group: readonly [ProbeAnswer, ...ProbeAnswer[]],
  { node, verdict, hasSecrets, heard }: Asked,
  readAnswer: ReadAnswer,
): StepFinding {
  const [answer] = group;
  const who = proberWords(answer, node);
  if (isUnpulledTool(answer))
    return unknown(`${who} told nothing, for its image was not pulled: ${quote(runtimeWords(answer.refusal?.message ?? '', 200))}`);
  if (answer.refusal) return unknown(`${who} was not asked: ${describeObstacle(answer.refusal)}`);
  if (isSilentTool(answer) && heard) return unknown(`${who} had told nothing when the runtime had answered, and was not waited for longer`);
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
export function isSilentTool({ prober, message, refusal, role }: ProbeAnswer): boolean {
  return prober === 'tool' && message === null && refusal === undefined && role === undefined;
}

/** It was let in and made: what failed then is the pull of its image. */
export function isUnpulledTool({ prober, message, refusal }: ProbeAnswer): boolean {
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
      ? `${layer} ${detail.startsWith('certificate') ? 'not proved' : 'not tested'} (${untestedWords(detail)})`
      : `${layer} ${result === 'ok' ? 'ok' : 'failed'}: ${quote(runtimeWords(detail, 160))}`,
  );
  const finding = `${who} tried ${told.join(', ')}`;
  return layers.some(({ result }) => result === 'failed') ? problem(finding) : ok(finding);
}

/** What a small program such as busybox's wget says of a TLS that it does not manage is of its own making: the ledger has it. */
function untestedWords(detail: string): string {
  return detail.startsWith('the program of this image cannot: ')
    ? 'the program of this image does not manage its TLS'
    : runtimeWords(detail, 160);
}
