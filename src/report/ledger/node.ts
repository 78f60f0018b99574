import type { Evidence, NodeFacts } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { humanBytes } from '../../words/amounts.ts';
import { describeObstacle, find } from '../steps/finding.ts';
import { cluster, type Line } from './line.ts';

/** The node's platform, conditions, room and events, and how the neighbours fare. */
export function nodeLines(evidence: Evidence, verdict: Verdict): Line[] {
  if (evidence.node.outcome !== 'done') return [];
  const { facts } = evidence.node;
  const source = `node/${facts.name}`;
  const lines: Line[] = [
    cluster(
      evidence,
      facts.unread === undefined
        ? `${facts.platform.os}/${facts.platform.architecture}, kubelet ${facts.kubelet}, ${facts.runtime}`
        : describeObstacle(facts.unread),
      `${source} status.nodeInfo`,
    ),
  ];
  for (const condition of facts.conditions) {
    const words = [condition.reason, condition.message].filter((part) => part !== null).join(': ');
    lines.push({
      from: 'node',
      fact: `${condition.type}=${condition.status}${words === '' ? '' : ` ${words}`}`,
      source: `${source} status.conditions`,
      at: condition.since,
    });
  }
  if ('obstacle' in facts.imageFs) lines.push(cluster(evidence, describeObstacle(facts.imageFs.obstacle), `${source} stats/summary`));
  else {
    const { availableBytes, capacityBytes, inodesFree, imagesBytes, writers = [] } = facts.imageFs.value;
    const inodes = inodesFree === null ? '' : `, ${inodesFree} inodes free`;
    const images = imagesBytes === undefined ? '' : `, images take ${humanBytes(imagesBytes)}`;
    lines.push({
      from: 'node',
      fact: `${humanBytes(availableBytes)} of ${humanBytes(capacityBytes)} free for images${inodes}${images}`,
      source: `${source} stats/summary`,
      at: evidence.collectedAt,
    });
    for (const { pod, bytes } of writers)
      lines.push({
        from: 'node',
        fact: `pod ${pod} wrote ${humanBytes(bytes)} to its disks`,
        source: `${source} stats/summary`,
        at: evidence.collectedAt,
      });
  }
  for (const event of facts.events)
    lines.push({ from: 'node', fact: `${event.reason}: ${event.message}`, source: `events of ${source}`, at: event.last });
  lines.push(...logLines(evidence, facts));
  if ('obstacle' in facts.neighbours)
    return [...lines, cluster(evidence, describeObstacle(facts.neighbours.obstacle), 'pods of all namespaces')];
  const neighbours = find(facts.neighbours.value, verdict);
  if (neighbours === null) return lines;
  lines.push(...others(evidence, neighbours.sameImageWorks, 'runs'), ...others(evidence, neighbours.sameImageFails, 'fails'));
  const tally = ({ works, fails }: { works: number; fails: number }): string => `${works} work, ${fails} fail`;
  lines.push(
    cluster(
      evidence,
      `other images of this registry here: ${tally(neighbours.sameRegistryHere)}; elsewhere: ${tally(neighbours.sameRegistryElsewhere)}; of others here: ${tally(neighbours.otherRegistriesHere)}`,
      'pods of all namespaces',
    ),
  );
  return lines;
}

/** Lines of the node's own logs, as they came. */
function logLines(evidence: Evidence, { logs, name }: NodeFacts): Line[] {
  if (logs === undefined) return [];
  if ('obstacle' in logs) return [cluster(evidence, describeObstacle(logs.obstacle), `node/${name} logs`)];
  const source = `node/${name} ${logs.value.sources.join(', ')}`;
  return logs.value.lines.map((fact) => ({ from: 'node', fact, source, at: evidence.collectedAt }));
}

/** The most neighbours that are named one by one. */
const most = 10;

function others(
  evidence: Evidence,
  neighbours: readonly { readonly pod: string; readonly node: string }[],
  does: 'runs' | 'fails',
): Line[] {
  const named = neighbours.slice(0, most).map(({ pod, node }) => cluster(evidence, `the same image ${does} on ${node}`, `pod/${pod}`));
  const rest = neighbours.length - named.length;
  return rest === 0 ? named : [...named, cluster(evidence, `the same image ${does} in ${rest} other pods too`, 'pods of all namespaces')];
}
