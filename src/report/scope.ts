import type { CauseFamily } from '../values/cause-code.ts';
import type { Evidence, Neighbours } from '../values/evidence.ts';
import type { Verdict } from '../values/verdict.ts';
import { count } from '../words/amounts.ts';
import { list } from '../words/text.ts';
import { blastRadius } from './blast-radius.ts';
import { find } from './steps/finding.ts';
import { twoVantagePoints } from './vantage.ts';
import { whatChanged } from './what-changed.ts';

/**
 * Who else is hit by it or spared, what this workstation sees beside the node, and what follows, in whole sentences; null where there is nothing to say.
 * @param since the oldest failure that is known of, RFC 3339
 */
export function scopeSentence(evidence: Evidence, verdict: Verdict, family: CauseFamily, since: string | null): string | null {
  if (verdict.code === 'none') return null;
  const failure = { evidence, verdict, family, since };
  const node = evidence.node.outcome === 'done' ? evidence.node.facts : null;
  const neighbours = node && 'value' in node.neighbours ? find(node.neighbours.value, verdict) : null;
  // On every machine localhost is another: who else uses that name tells nothing.
  const isLocal = verdict.reference?.registry === 'localhost';
  const said = [
    ...(neighbours ? sameImage(neighbours) : []),
    node && neighbours && !isLocal ? blastRadius(failure, node, neighbours) : null,
    isLocal ? null : twoVantagePoints(evidence, verdict, family, (neighbours?.sameRegistryElsewhere.works ?? 0) > 0),
    whatChanged(failure, node?.unread === undefined ? node : null),
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
