import type { Attempt, Evidence, Exchange, ImageRegistryFacts, SuggestedImage } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { humanBytes } from '../../words/amounts.ts';
import { list } from '../../words/text.ts';
import { cutEnd } from '../escape.ts';
import { quoteWords } from '../words.ts';
import { concerned, factsOf, find, forEachImage, ok, problem, type StepFinding, type StepReport, skipped, unknown } from './finding.ts';

/** What the registry says to this workstation, with the credentials that the node would send. Whether the node can reach it, this row never says. */
export const registry: StepReport = (evidence, verdicts) => {
  const read = factsOf(evidence.registry);
  if ('row' in read) return isLocal(verdicts) ? skipped('an image of localhost is in no registry') : read.row;
  const suggested = read.facts.suggested ?? [];
  return forEachImage(verdicts, (verdict) => tell(evidence, read.facts.images, verdict) ?? tellSuggested(find(suggested, verdict)), {
    seenFrom: 'from this workstation',
    nothing: unknown('no registry was asked'),
  });
};

/** What is named `localhost` without a port was made or loaded on the node. */
function isLocal(verdicts: readonly Verdict[]): boolean {
  return concerned(verdicts).every(({ reference }) => reference?.registry === 'localhost');
}

/** The same of one image alone, for those who know from where it is seen. */
export function registryClause(evidence: Evidence, verdict: Verdict): string {
  const read = factsOf(evidence.registry);
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
    return unknown(`${answer(facts, first, verdict, false)}; that says nothing about the node`);
  }
  const several = attempts.length > 1;
  const anonymous = several || first.credential === null ? undefined : facts.attempts.find((attempt) => attempt.credential === null);
  const sentences = attempts
    .slice(0, 3)
    .map((attempt) => answer(facts, attempt, verdict, several || (alone && refusals.has(attempt.result))));
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

function who(attempt: Attempt, several: boolean): string {
  if (attempt.credential === null) return 'anyone';
  const { user, secret } = attempt.credential;
  if (user === '') return `secret ${secret}`;
  return several ? `${cutEnd(user, 60)} (secret ${secret})` : cutEnd(user, 60);
}

/** What came back for one credential, with the status and the registry's own words. */
function answer(facts: ImageRegistryFacts, attempt: Attempt, verdict: Verdict, several: boolean): string {
  const last = attempt.exchanges.at(-1) ?? null;
  const words = last === null ? '' : exchangeWords(last);
  const client = attempt.credential === null ? 'a client without credentials' : who(attempt, several);
  const repository = verdict.reference === null ? 'the repository' : `the repository ${cutEnd(verdict.reference.repository, 100)}`;
  switch (attempt.result) {
    case 'found':
      return `${client} can read the image`;
    case 'manifest-unknown':
      return facts.tags === null
        ? `there is no ${wanted(verdict)} for ${client}${words}`
        : `${who(attempt, several)} may read the repository; ${amongTags(facts, verdict)}`;
    case 'repository-unknown':
      return `${repository} does not exist${words}`;
    case 'not-found':
      return `not found, and it does not say whether ${wanted(verdict)} or the repository${words}`;
    case 'unauthorized':
      if (attempt.credential === null) return `${facts.host} wants credentials${words}`;
      return `${attempt.authenticated === true ? `${client} is logged in, but refused this repository` : `${client} is refused`}${words}`;
    case 'token-refused':
      return `the token server refuses ${client}${words}`;
    case 'forbidden':
      return `${attempt.authenticated === true ? `${client} is known and may not read ${repository}` : `${client} may not read ${repository}`}${words}`;
    case 'rate-limited':
      return `too many requests of ${client}${words}`;
    case 'unavailable':
      return `${facts.host} answers with an error${words}`;
    case 'bad-response':
      return last?.status === 401
        ? `${facts.host} refuses, and does not say how to log in${words}`
        : `what ${facts.host} answers is not a registry's${words}`;
    case 'unreachable':
      return `${unreachable(facts.host, last)}${words}`;
    case 'not-asked':
      return notAsked(facts.host, last);
    case 'refused-to-send':
      return `the credentials were not sent to ${facts.host}: the connection is not verified${words}`;
  }
}

/** The question was given up, or could not be sent at all. */
function notAsked(host: string, exchange: Exchange | null): string {
  const fault = exchange?.fault;
  if (!fault) return `${host} was not asked`;
  const asked = fault.code === 'out-of-time' ? 'was not asked to the end' : 'was not asked';
  return `${host} ${asked}: ${cutEnd(fault.message, 160)}`;
}

function unreachable(host: string, exchange: Exchange | null): string {
  switch (exchange?.fault?.layer) {
    case 'dns':
      return `${host} does not resolve`;
    case 'tls':
      return `no verified connection to ${host}`;
    case 'http':
    case 'proxy':
      return `no answer of ${host}`;
    default:
      return `${host} cannot be reached`;
  }
}

function wanted({ reference }: Verdict): string {
  const digest = reference?.digest ?? null;
  return digest === null ? (reference?.tag ?? 'such image') : `${digest.slice(0, 19)}…`;
}

function amongTags({ tags }: ImageRegistryFacts, verdict: Verdict): string {
  if (tags === null) return `${wanted(verdict)} is not there`;
  if (verdict.reference?.digest !== null && verdict.reference?.digest !== undefined)
    return `${wanted(verdict)} is not there (${tags.count} tags)`;
  if (tags.listed) return `its list names ${wanted(verdict)}, and there is no manifest of it`;
  if (tags.count === 0) return 'it has no tags at all';
  if (tags.count === 1 && tags.complete) {
    const only = tags.newest ?? tags.nearest[0];
    return only === undefined ? `its only tag is not ${wanted(verdict)}` : `its only tag is ${cutEnd(only, 60)}, not ${wanted(verdict)}`;
  }
  return `${wanted(verdict)} is not among ${tags.complete ? 'its' : 'the first'} ${tags.count} tags`;
}

/** ` (401 UNAUTHORIZED "authentication required")`, or the fault of a connection that was not made. */
function exchangeWords(exchange: Exchange): string {
  if (exchange.fault !== null) return ` (${exchange.fault.layer}: ${quoteWords(exchange.fault.message, 140)})`;
  const [error] = exchange.errors;
  const foreign = exchange.errors.length === 0 && exchange.body !== null ? [exchange.contentType, quoteWords(exchange.body, 80)] : [];
  const parts = [exchange.status, error?.code, error?.message ? quoteWords(error.message, 120) : undefined, ...foreign];
  const words = parts.filter((part) => part !== undefined && part !== null && part !== '');
  return words.length === 0 ? '' : ` (${words.join(' ')})`;
}
