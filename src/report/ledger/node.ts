import type { Evidence, Neighbours, NodeCondition, NodeFacts } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { humanBytes } from '../../words/amounts.ts';
import { describeObstacle, find } from '../steps/finding.ts';
import { cluster, type Line } from './line.ts';

/** The node's platform, conditions, room, events and logs, and how the neighbours fare. */
export function nodeLines(evidence: Evidence, facts: NodeFacts, verdict: Verdict): Line[] {
  const source = `node/${facts.name}`;
  return [
    cluster(evidence, infoWords(facts), `${source} status.nodeInfo`),
    ...facts.conditions.map((condition) => conditionLine(condition, source)),
    ...diskLines(evidence, facts.imageFs, `${source} stats/summary`),
    ...facts.events.map(({ reason, message, last }) => nodeLine(`${reason}: ${message}`, `events of ${source}`, last)),
    ...logLines(evidence, facts),
    ...neighbourLines(evidence, facts.neighbours, verdict),
  ];
}

/** What the node says. */
function nodeLine(fact: string, source: string, at: string | null): Line {
  return { from: 'node', fact, source, at };
}

function infoWords({ unread, platform, kubelet, runtime }: NodeFacts): string {
  return unread === undefined ? `${platform.os}/${platform.architecture}, kubelet ${kubelet}, ${runtime}` : describeObstacle(unread);
}

function conditionLine({ type, status, reason, message, since }: NodeCondition, source: string): Line {
  const words = [reason, message].filter((part) => part !== null).join(': ');
  return nodeLine(`${type}=${status}${words === '' ? '' : ` ${words}`}`, `${source} status.conditions`, since);
}

/** Room for images, and who fills it. */
function diskLines(evidence: Evidence, disk: NodeFacts['imageFs'], source: string): Line[] {
  if ('obstacle' in disk) return [cluster(evidence, describeObstacle(disk.obstacle), source)];
  const { availableBytes, capacityBytes, inodesFree, imagesBytes, writers = [] } = disk.value;
  const inodes = inodesFree === null ? '' : `, ${inodesFree} inodes free`;
  const images = imagesBytes === undefined ? '' : `, images take ${humanBytes(imagesBytes)}`;
  return [
    `${humanBytes(availableBytes)} of ${humanBytes(capacityBytes)} free for images${inodes}${images}`,
    ...writers.map(({ pod, bytes }) => `pod ${pod} wrote ${humanBytes(bytes)} to its disks`),
  ].map((fact) => nodeLine(fact, source, evidence.collectedAt));
}

/** Lines of the node's own logs, as they came. */
function logLines(evidence: Evidence, { logs, name }: NodeFacts): Line[] {
  if (logs === undefined) return [];
  if ('obstacle' in logs) return [cluster(evidence, describeObstacle(logs.obstacle), `node/${name} logs`)];
  const source = `node/${name} ${logs.value.sources.join(', ')}`;
  return logs.value.lines.map((fact) => nodeLine(fact, source, evidence.collectedAt));
}

const everywhere = 'pods of all namespaces';

/** Who else uses the image or its registry, here and elsewhere. */
function neighbourLines(evidence: Evidence, read: NodeFacts['neighbours'], verdict: Verdict): Line[] {
  if ('obstacle' in read) return [cluster(evidence, describeObstacle(read.obstacle), everywhere)];
  const neighbours = find(read.value, verdict);
  if (neighbours === null) return [];
  const counted = placeOf(neighbours);
  const tally = ({ works, fails }: { works: number; fails: number }): string => `${works} work, ${fails} fail`;
  const { sameRegistryHere, sameRegistryElsewhere, otherRegistriesHere } = neighbours;
  return [
    ...(neighbours.unlisted ? [cluster(evidence, describeObstacle(neighbours.unlisted), everywhere)] : []),
    ...others(evidence, neighbours.sameImageWorks, 'runs', counted),
    ...others(evidence, neighbours.sameImageFails, 'fails', counted),
    cluster(
      evidence,
      `other images of this registry here: ${tally(sameRegistryHere)}; elsewhere: ${tally(sameRegistryElsewhere)}; of others here: ${tally(otherRegistriesHere)}`,
      counted,
    ),
  ];
}

/** Whose pods were counted. */
function placeOf({ namespace, cut }: Neighbours): string {
  const pods = namespace === undefined ? everywhere : `pods of namespace ${namespace}`;
  return cut ? `${pods}, as far as they were read` : pods;
}

/** The most neighbours that are named one by one. */
const most = 10;

function others(
  evidence: Evidence,
  neighbours: readonly { readonly pod: string; readonly node: string }[],
  does: 'runs' | 'fails',
  counted: string,
): Line[] {
  const named = neighbours.slice(0, most).map(({ pod, node }) => cluster(evidence, `the same image ${does} on ${node}`, `pod/${pod}`));
  const rest = neighbours.length - named.length;
  return rest === 0 ? named : [...named, cluster(evidence, `the same image ${does} in ${rest} other pods too`, counted)];
}
