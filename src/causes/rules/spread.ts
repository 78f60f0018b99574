import type { CauseCode, Confidence } from '../../values/cause-code.ts';
import type { Alternative } from '../../values/verdict.ts';
import { nodeView } from '../probe/reading.ts';
import { type Sign, signsOf } from '../surroundings/spread.ts';
import { ofPlace, spreadTable } from '../surroundings/spread-table.ts';
import { alternative } from '../tell-apart.ts';
import { unreached } from '../unreached.ts';
import type { Finding, ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

/** Who else fails, and what changed, weighs what the rules before have found. */
export const spread: Rule = (view, finding) =>
  finding && weigh(finding, signsOf(view, finding.code), { fromAfar: isFromAfar(view, finding) });

/** One step of confidence takes so much: a fresh sign, or two that may be old. */
const step = 2;

/**
 * The finding in the light of the signs. It moves between `possible` and `likely` and orders the alternatives; it never takes another
 * cause, never makes one certain, leaves what is certain or over as it is, drops no alternative, and lowers only what the node itself was
 * not heard on (`fromAfar`).
 */
export function weigh(finding: Finding, signs: readonly Sign[], { fromAfar }: { readonly fromAfar: boolean }): Finding {
  if (finding.confidence === 'certain' || finding.retry === 'now') return finding;
  const opened = signs.flatMap(({ name }) => spreadTable[name].opens?.[finding.code] ?? []);
  const known = new Set([finding.code, ...finding.alternatives.map(({ code }) => code)]);
  const all = [...finding.alternatives, ...opened.filter((code) => !known.has(code)).map(alternative)];
  const alternatives = all.toSorted((a, b) => scoreOf(b.code, signs) - scoreOf(a.code, signs));
  return { ...finding, confidence: moved(finding.confidence, scoreOf(finding.code, signs), fromAfar), alternatives };
}

function moved(confidence: Confidence, score: number, fromAfar: boolean): Confidence {
  if (confidence === 'possible') return score >= step ? 'likely' : confidence;
  return score <= -step && fromAfar ? 'possible' : confidence;
}

/** What the signs say for a cause, less what they say against it. */
function scoreOf(code: CauseCode, signs: readonly Sign[]): number {
  return signs.reduce((sum, { name, fresh }) => {
    const { more, less } = spreadTable[name];
    const weight = fresh ? 2 : 1;
    return sum + (more.includes(code) ? weight : 0) - (less.includes(code) ? weight : 0);
  }, 0);
}

const onTheWay: ReadonlySet<CauseCode> = new Set<CauseCode>([...unreached, 'registry-unavailable', 'registry-bad-response']);

/** A fault on the way to the registry that only this workstation has seen. */
function isFromAfar(view: ImageView, { code }: Finding): boolean {
  return onTheWay.has(code) && view.reading?.code !== code && nodeView(view) === null;
}

const most = 3;

/** What fits the pattern, where no text tells: the best causes that a place explains. */
export function others(view: ImageView, chosen: CauseCode): readonly Alternative[] {
  const signs = signsOf(view, chosen);
  const named = new Set(signs.flatMap(({ name }) => (ofPlace.has(name) ? spreadTable[name].more : [])));
  return [...named]
    .filter((code) => code !== chosen && code !== 'unknown' && scoreOf(code, signs) > 0)
    .toSorted((a, b) => scoreOf(b, signs) - scoreOf(a, signs))
    .slice(0, most)
    .map(alternative);
}
