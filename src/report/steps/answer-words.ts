import type { Attempt, Exchange, ImageRegistryFacts } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { cutEnd } from '../escape.ts';
import { quoteWords } from '../words.ts';

/** Who asked. @param several the user alone does not tell which credential it was */
export function who(attempt: Attempt, several: boolean): string {
  if (attempt.credential === null) return 'anyone';
  const { user, secret } = attempt.credential;
  if (user === '') return `secret ${secret}`;
  return several ? `${cutEnd(user, 60)} (secret ${secret})` : cutEnd(user, 60);
}

/** What came back for one credential, with the status and the registry's own words. */
export function answerWords(facts: ImageRegistryFacts, attempt: Attempt, verdict: Verdict, several: boolean): string {
  const last = lastOf(attempt) ?? lastOf(asNobody(facts, attempt)) ?? null;
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
      return `${failingServer(facts.host, attempt, last)}${words}`;
    case 'not-asked':
      return notAsked(facts.host, last);
    case 'refused-to-send':
      return `the credentials were not sent to ${facts.host}: the connection is not verified${words}`;
  }
}

const refusals: ReadonlySet<Attempt['result']> = new Set(['unauthorized', 'token-refused', 'forbidden']);

/** The exchange that ended the attempt: behind a refusal there may be a login that was tried by itself, and went well. */
function lastOf(attempt: Attempt | undefined): Exchange | undefined {
  const refused = ({ status, purpose }: Exchange) => status !== null && status >= 400 && purpose !== 'ping';
  const refusal = attempt && refusals.has(attempt.result) ? attempt.exchanges.findLast(refused) : undefined;
  return refusal ?? attempt?.exchanges.at(-1);
}

/** What a client without credentials was told, where it was not asked for any: whoever has some would be told the same, and did not ask. */
function asNobody({ attempts }: ImageRegistryFacts, { result }: Attempt): Attempt | undefined {
  return attempts.find((attempt) => attempt.credential === null && attempt.result === result);
}

/** The question was given up, or could not be sent at all. */
function notAsked(host: string, exchange: Exchange | null): string {
  const fault = exchange?.fault;
  if (!fault) return `${host} was not asked`;
  const asked = fault.code === 'out-of-time' ? 'was not asked to the end' : 'was not asked';
  return `${host} ${asked}: ${cutEnd(fault.message, 160)}`;
}

/** Where the request that failed went to another host than the registry's, that one is named: its token server, as a rule. */
function failingServer(host: string, { exchanges }: Attempt, last: Exchange | null): string {
  const asked = last === null || last.fault === null ? null : (URL.parse(last.url)?.host ?? null);
  if (last === null || asked === null || asked === URL.parse(`https://${host}`)?.host) return unreachable(host, last);
  const ofTokens = last.purpose === 'token' || last.purpose === 'login';
  const other = `${ofTokens ? 'its token server ' : ''}${cutEnd(asked, 100)}`;
  const answered = exchanges.some(({ url, status }) => status !== null && URL.parse(url)?.host === URL.parse(`https://${host}`)?.host);
  return `${answered ? `${host} answers, but ` : ofTokens ? `of ${host}, ` : ''}${unreachable(other, last)}`;
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
