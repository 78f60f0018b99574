import type { Evidence, ImageSpec, Neighbours, NodeCondition, NodeFacts } from '../../values/evidence.ts';
import { factsOf } from '../../values/facts-of.ts';
import type { Verdict } from '../../values/verdict.ts';
import { count, humanBytes } from '../../words/amounts.ts';
import { age } from '../../words/durations.ts';
import { list } from '../../words/text.ts';
import { cutEnd } from '../escape.ts';
import { quoteWords } from '../words.ts';
import { describeObstacle, factsOrRow, find, forEachImage, ok, type StepReport } from './finding.ts';

const pressures = new Set(['DiskPressure', 'NetworkUnavailable', 'MemoryPressure', 'PIDPressure']);

/** The node: what its conditions say, room for images, platform, and how its neighbours fare. */
export const node: StepReport = (evidence, verdicts) => {
  const read = factsOrRow(evidence.node);
  if ('row' in read) return read.row;
  const { facts } = read;
  const bad = facts.conditions.filter(isBad).map((condition) => conditionWords(condition, evidence.collectedAt));
  const disk = diskWords(facts, largestImage(evidence), verdicts);
  const event = facts.events.at(-1);
  const warnings =
    event === undefined ? [] : [`${event.reason} ${age(event.last, evidence.collectedAt) ?? '?'} ago: ${quoteWords(event.message, 140)}`];
  const specs = factsOf(evidence.spec)?.images ?? [];
  const others = forEachImage(verdicts, (verdict) => around(facts, specs, verdict), { nothing: ok('') });
  const unread = unreadWords(facts.neighbours);
  const unseen = facts.unread === undefined ? '' : `the node itself is not known: ${describeObstacle(facts.unread)}`;
  const platform = facts.unread === undefined ? `${facts.platform.os}/${facts.platform.architecture}` : '';
  const parts = [...bad, ...warnings, unseen, disk.text, platform, others.finding, unread, logWords(facts.logs)].filter(
    (part) => part !== '',
  );
  const status = bad.length > 0 || disk.full || isNodeFault(verdicts) ? 'problem' : facts.unread === undefined ? 'ok' : 'unknown';
  return { status, finding: parts.join('; ') };
};

/** Of the pods that this one would be compared with. */
function unreadWords(read: NodeFacts['neighbours']): string {
  if ('obstacle' in read) return `its other pods are not known: ${describeObstacle(read.obstacle)}`;
  const [unlisted] = read.value.flatMap((neighbours) => neighbours.unlisted ?? []);
  return unlisted === undefined ? '' : `pods of other namespaces are not known: ${describeObstacle(unlisted)}`;
}

function isBad(condition: NodeCondition): boolean {
  if (condition.type === 'Ready') return condition.status !== 'True';
  return pressures.has(condition.type) && condition.status === 'True';
}

function conditionWords(condition: NodeCondition, now: string): string {
  const since = age(condition.since, now);
  const name = condition.type === 'Ready' ? `not Ready${condition.status === 'Unknown' ? ' (not heard of)' : ''}` : condition.type;
  return `${name}${since === null ? '' : ` for ${since}`}`;
}

function isNodeFault(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(
    (verdict) => verdict.code === 'platform-mismatch' || verdict.code === 'disk-full' || verdict.code === 'runtime-unavailable',
  );
}

/** A pull that filled the disk gives its space back when it fails: room now does not say that there was room then. */
function diskWords(
  { imageFs: reading, kubeletConfig }: NodeFacts,
  largest: number | null,
  verdicts: readonly Verdict[],
): { text: string; full: boolean } {
  if ('obstacle' in reading) return { text: `room for images not known: ${describeObstacle(reading.obstacle)}`, full: false };
  const { availableBytes, capacityBytes, inodes, inodesFree } = reading.value;
  const share = capacityBytes > 0 ? availableBytes / capacityBytes : 1;
  const ofInodes = inodesFree !== null && inodes !== null && inodes > 0 ? inodesFree / inodes : 1;
  const tight = share < 0.15 || verdicts.some((verdict) => verdict.code === 'disk-full');
  const total = tight ? ` of ${humanBytes(capacityBytes)}` : '';
  return {
    text: `${humanBytes(availableBytes)}${total} free for images${ofInodes < 0.1 ? `, ${inodesFree} of ${inodes} inodes` : ''}${tight ? thresholdWords(kubeletConfig) : ''}${sizeWords(largest, availableBytes)}`,
    full: share < 0.01 || ofInodes < 0.01,
  };
}

/** The newest line of the node's own logs about the image; all of them are in the ledger. */
function logWords(logs: NodeFacts['logs']): string {
  if (logs === undefined) return '';
  if ('obstacle' in logs) {
    const { kind, message } = logs.obstacle;
    const words = kind === 'failed' ? message.replace(/^error: /, '') : null;
    return `its logs are not known: ${words === null ? describeObstacle(logs.obstacle) : cutEnd(words, 160)}`;
  }
  const { lines, sources } = logs.value;
  const newest = lines.at(-1);
  if (newest === undefined) return `its logs (${list(sources)}) say nothing of this image`;
  return `its logs have ${count(lines.length, 'line')} about it, the last ${quoteWords(newest, 140)}`;
}

/** Where the disk is tight: what the kubelet calls full. */
function thresholdWords(config: NodeFacts['kubeletConfig']): string {
  const written = config && 'value' in config ? config.value.evictionHard['imagefs.available'] : undefined;
  return written === undefined ? '' : `, and the kubelet keeps ${written} of it free`;
}

/** Compressed bytes of the largest image of the pod that the registry told the size of. */
function largestImage({ registry }: Evidence): number | null {
  const sizes = (factsOf(registry)?.images ?? []).flatMap(({ manifest }) => manifest?.size ?? []);
  return sizes.length === 0 ? null : Math.max(...sizes);
}

/** On the disk an image takes its compressed size and, unpacked, two or three times that: said where that comes near what is free. */
function sizeWords(size: number | null, available: number): string {
  if (size === null || size * 3 < available) return '';
  const needs = `${humanBytes(size)} compressed`;
  return size > available ? `: too little for an image of ${needs}` : `: an image of ${needs} may not fit when it is unpacked`;
}

function around(facts: NodeFacts, specs: readonly ImageSpec[], verdict: Verdict) {
  const neighbours = 'obstacle' in facts.neighbours ? null : find(facts.neighbours.value, verdict);
  const image = find(specs, verdict)?.image ?? verdict.image;
  const present = facts.imagesPresent.includes(image) ? ['the image is on the node'] : [];
  const words = [...present, ...(neighbours === null ? [] : neighbourWords(neighbours, facts.name))];
  return words.length === 0 ? null : ok(words.join('; '));
}

/**
 * The most telling first: this image elsewhere, this registry here and elsewhere; other registries only where this one does not work here.
 */
function neighbourWords(neighbours: Neighbours, own: string): string[] {
  const words: string[] = [];
  const works = [...new Set(neighbours.sameImageWorks.map((neighbour) => neighbour.node))];
  const fails = [...new Set(neighbours.sameImageFails.map((neighbour) => neighbour.node))].filter((name) => name !== own);
  if (works.length > 0) words.push(`the same image runs on ${list(works, 3)}`);
  if (fails.length > 0) words.push(`${works.length > 0 ? 'it' : 'the same image'} fails on ${list(fails, 3)} too`);
  const { sameRegistryHere: here, sameRegistryElsewhere: elsewhere, otherRegistriesHere: others } = neighbours;
  const same = [...tally(here, 'here'), ...tally(elsewhere, 'on other nodes')];
  if (same.length > 0) words.push(`other images of this registry: ${same.join(', ')}`);
  const other = here.works > 0 ? [] : tally(others, 'here');
  return other.length > 0 ? [...words, `${same.length > 0 ? '' : 'images '}of other registries: ${other.join(', ')}`] : words;
}

/** `14 work here`, `all 2 here fail`, `1 of 8 fails on other nodes`; nothing where there is none. */
function tally({ works, fails }: { readonly works: number; readonly fails: number }, where: string): string[] {
  if (works === 0 && fails === 0) return [];
  if (fails === 0) return [`${works} ${works === 1 ? 'works' : 'work'} ${where}`];
  if (works === 0) return [fails === 1 ? `the only one ${where} fails` : `all ${fails} ${where} fail`];
  return [`${fails} of ${works + fails} ${fails === 1 ? 'fails' : 'fail'} ${where}`];
}
