import { isOwnRegistry } from '../../values/address-class.ts';
import type { Attempt, Evidence, ImageRegistryFacts, SuggestedImage } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { humanBytes } from '../../words/amounts.ts';
import { list } from '../../words/text.ts';
import { cutEnd } from '../escape.ts';
import { quoteWords } from '../words.ts';
import { answerWords, who } from './answer-words.ts';
import { concerned, factsOrRow, find, forEachImage, ok, problem, type StepFinding, type StepReport, skipped, unknown } from './finding.ts';

/**
 * What the registry says to this workstation, with the credentials that the node would send. Whether the node can reach it, this row never
 * says.
 */
export const registry: StepReport = (evidence, verdicts) => {
  const read = factsOrRow(evidence.registry);
  if ('row' in read) return notAsked(verdicts) ?? read.row;
  const suggested = read.facts.suggested ?? [];
  return forEachImage(verdicts, (verdict) => tell(evidence, read.facts.images, verdict) ?? tellSuggested(find(suggested, verdict)), {
    seenFrom: 'from this workstation',
    nothing: unknown('no registry was asked'),
  });
};

/**
 * What is named `localhost` without a port was made or loaded on the node; with one, its registry is the node's own. null: some image has
 * another registry.
 */
function notAsked(verdicts: readonly Verdict[]): StepFinding | null {
  const hosts = new Set(concerned(verdicts).map(({ reference }) => reference?.registry ?? ''));
  if (![...hosts].every(isOwnRegistry)) return null;
  const own = [...hosts].filter((host) => host !== 'localhost');
  return skipped(
    own.length === 0 ? 'an image of localhost is in no registry' : `${list(own)} is another one on each machine: not asked from here`,
  );
}

/** The same of one image alone, for those who know from where it is seen. */
export function registryClause(evidence: Evidence, verdict: Verdict): string {
  const read = factsOrRow(evidence.registry);
  if ('row' in read) return read.row.finding;
  return (tell(evidence, read.facts.images, verdict, true) ?? tellSuggested(find(read.facts.suggested ?? [], verdict)))?.finding ?? '';
}

/** Where no registry has spoken. */
const saysNothing: ReadonlySet<Attempt['result']> = new Set(['unreachable', 'refused-to-send', 'not-asked']);

const refusals: ReadonlySet<Attempt['result']> = new Set(['unauthorized', 'token-refused', 'forbidden']);

/** @param alone no row of the pull secrets stands beside it: a credential that is refused is named with its secret */
function tell(evidence: Evidence, images: readonly ImageRegistryFacts[], verdict: Verdict, alone = false): StepFinding | null {
  const facts = find(images, verdict);
  if (facts === null) return null;
  const attempts = asTheNode(facts.attempts);
  const [first] = attempts;
  if (first === undefined) return unknown(`${facts.host} was not asked`);
  const found = attempts.find((attempt) => attempt.result === 'found');
  if (found !== undefined) {
    const before = attempts.slice(0, attempts.indexOf(found)).filter((attempt) => attempt.result !== 'unreachable');
    return readable(evidence, facts, found, verdict, before);
  }
  if (attempts.every((attempt) => saysNothing.has(attempt.result))) {
    const alike = verdict.surroundings?.workstation;
    const isTold = alike?.sees === 'same-fault' && alike.pointsAt !== null;
    return unknown(`${answerWords(facts, first, verdict, false)}${isTold ? '' : '; that says nothing about the node'}`);
  }
  const several = attempts.length > 1;
  const anonymous = several || first.credential === null ? undefined : facts.attempts.find((attempt) => attempt.credential === null);
  const sentences = attempts
    .slice(0, 3)
    .map((attempt) => answerWords(facts, attempt, verdict, several || (alone && refusals.has(attempt.result))));
  if (anonymous?.result === 'found') sentences.push('without credentials the image can be read');
  return { status: failureStatus(attempts, verdict), finding: [...new Set(sentences), ...limit(facts)].join('; ') };
}

/** A name that is not valid leads to no registry: the one that may be meant does. */
function tellSuggested(suggested: SuggestedImage | null): StepFinding | null {
  if (suggested === null) return null;
  const { result, reference } = suggested;
  if (result === 'found') return ok(`${cutEnd(reference, 200)} is there`);
  const missing = result === 'manifest-unknown' || result === 'repository-unknown' || result === 'not-found';
  return missing
    ? problem(`${cutEnd(reference, 200)} is not there either`)
    : unknown(`not known whether ${cutEnd(reference, 200)} is there`);
}

/** The node sends the pod's credentials where there are any, else none. */
function asTheNode(attempts: readonly Attempt[]): readonly Attempt[] {
  const sent = attempts.filter((attempt) => attempt.credential !== null);
  return sent.length > 0 ? sent : attempts;
}

/** A limit on anonymous pulls is this workstation's address's own. */
function failureStatus(attempts: readonly Attempt[], verdict: Verdict): StepFinding['status'] {
  const ownLimit = attempts.every((attempt) => attempt.result === 'rate-limited' && attempt.credential === null);
  return ownLimit && verdict.code !== 'rate-limited' ? 'unknown' : 'problem';
}

/** What is wrong with the manifest is wrong for every client. */
const manifestCodes = new Set(['platform-mismatch', 'unsupported-manifest']);

/** @param before the credentials that were refused first: the kubelet tries all of them, so they do no harm */
function readable(
  evidence: Evidence,
  facts: ImageRegistryFacts,
  attempt: Attempt,
  verdict: Verdict,
  before: readonly Attempt[],
): StepFinding {
  const storage = blobFault(facts);
  const refused = before.length === 0 ? [] : [`${list(before.map((one) => who(one, true)))} cannot, and the kubelet goes on to the next`];
  const parts = [`${who(attempt, before.length > 0)} can read the image${manifestWords(facts)}`, ...refused, ...storage, ...limit(facts)];
  const bad = storage.length > 0 || manifestCodes.has(verdict.code);
  const node = evidence.pod.node === null || bad || verdict.code === 'none' ? [] : ['that says nothing about the node'];
  return (bad ? problem : ok)([...parts, ...node].join('; '));
}

function manifestWords(facts: ImageRegistryFacts): string {
  if (facts.manifest === null) return '';
  const { platforms, size, configMediaType, mediaType, unread, morePlatforms } = facts.manifest;
  if (unread === 'manifest') return ', but not from here what is in it';
  const names = platforms.map((platform) => [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/'));
  const all = morePlatforms ? [...names, 'others that are not named'] : names;
  const what = names.length > 0 ? [list(all)] : [configMediaType ?? mediaType];
  if (size !== null) what.push(`${humanBytes(size)} compressed`);
  if (unread === 'image') what.push('of which none was read');
  return ` (${what.join('; ')})`;
}

function blobFault({ blob }: ImageRegistryFacts): string[] {
  if (blob === null || (blob.fault === null && (blob.status ?? 0) < 400)) return [];
  const outcome = blob.fault === null ? `answers ${blob.status}` : `fails: ${quoteWords(blob.fault.message, 120)}`;
  return [`its blob ${blob.digest.slice(0, 19)}… at ${blob.host} ${outcome}`];
}

function limit({ rateLimit, attempts }: ImageRegistryFacts): string[] {
  if (rateLimit === null || rateLimit.remaining === null || rateLimit.limit === null) return [];
  const pressing = attempts.some((attempt) => attempt.result === 'rate-limited') || rateLimit.remaining <= rateLimit.limit / 10;
  const source = rateLimit.source === null ? '' : ` for ${cutEnd(rateLimit.source, 60)}`;
  return pressing ? [`${rateLimit.remaining} of ${rateLimit.limit} pulls left${source}`] : [];
}
