import type { Evidence } from '../values/evidence.ts';
import type { Verdict } from '../values/verdict.ts';
import { count, list } from './human.ts';
import { find } from './steps/finding.ts';

/** Who else is hit by it or spared, in whole sentences; null where nobody else is known. */
export function scopeSentence(evidence: Evidence, verdict: Verdict): string | null {
  if (verdict.code === 'none' || evidence.node.outcome !== 'done' || 'obstacle' in evidence.node.facts.neighbours) return null;
  const neighbours = find(evidence.node.facts.neighbours.value, verdict);
  if (neighbours === null) return null;
  const fails = neighbours.sameImageFails;
  const works = [...new Set(neighbours.sameImageWorks.map(({ node }) => node))];
  const failing = [...new Set(fails.map(({ node }) => node))];
  const sentences = [
    ...(fails.length === 0
      ? []
      : [`${count(fails.length, 'other pod')} ${fails.length === 1 ? 'fails' : 'fail'} with this image, on ${list(failing)}.`]),
    ...(works.length === 0 ? [] : [`The same image runs on ${list(works)}.`]),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}
