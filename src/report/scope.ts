import type { Evidence, Neighbours } from '../values/evidence.ts';
import type { Verdict } from '../values/verdict.ts';
import { count } from '../words/amounts.ts';
import { list } from '../words/text.ts';
import { changesSentence } from './change-words.ts';
import { spreadSentence } from './spread-words.ts';
import { find } from './steps/finding.ts';
import { workstationSentence } from './workstation-words.ts';

/**
 * Who else is hit by it or spared, what this workstation sees beside the node, and what changed before, in whole sentences; null where
 * there is nothing to say.
 */
export function scopeSentence(evidence: Evidence, verdict: Verdict): string | null {
  if (verdict.code === 'none') return null;
  const node = evidence.node.outcome === 'done' ? evidence.node.facts : null;
  const neighbours = node && 'value' in node.neighbours ? find(node.neighbours.value, verdict) : null;
  const { spread, workstation, changes } = verdict.surroundings ?? {};
  const said = [
    ...(neighbours ? sameImage(neighbours) : []),
    spread ? spreadSentence(spread, evidence.collectedAt) : null,
    workstation ? workstationSentence(workstation, verdict.code) : null,
    changes ? changesSentence(changes) : null,
  ].filter((sentence) => sentence !== null);
  return said.length === 0 ? null : said.join(' ');
}

function sameImage({ sameImageFails: fails, sameImageWorks: works }: Neighbours): readonly string[] {
  const nodes = (uses: Neighbours['sameImageWorks']) => list([...new Set(uses.map(({ node }) => node))]);
  return [
    ...(fails.length === 0
      ? []
      : [`${count(fails.length, 'other pod')} ${fails.length === 1 ? 'fails' : 'fail'} with this image, on ${nodes(fails)}.`]),
    ...(works.length === 0 ? [] : [`The same image runs on ${nodes(works)}.`]),
  ];
}
