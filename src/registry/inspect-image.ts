import type { Credential } from '../image/keyring.ts';
import { registryHost } from '../image/registry-host.ts';
import type { Attempt, AttemptResult, Exchange, ImageRegistryFacts, Platform, Reference } from '../values/evidence.ts';
import { open, readManifest } from './ask-manifest.ts';
import type { Trial } from './conclusion.ts';
import { readContent } from './content.ts';
import type { Conversation } from './conversation.ts';
import { converse } from './converse.ts';
import { nearestTags, newestTag } from './nearest-tags.ts';
import { deniesItself } from './own-denial.ts';
import { listTags } from './tags.ts';
import type { Transport } from './transport.ts';
import { isHandedOver, isSent, tryCredential } from './trial.ts';

export type ImageAnswers = Omit<ImageRegistryFacts, 'container' | 'kind'>;

/**
 * Replays a pull at the registry up to the manifest, once for each credential in the given order and once for nobody, then asks what the
 * answers leave open: the tags of a repository where the manifest is missing, the platforms and blobs of one that was found. Nothing is
 * repeated after a 429.
 */
export async function inspectImage(
  transport: Transport,
  reference: Reference,
  credentials: readonly Credential[],
  node: Platform | null,
): Promise<ImageAnswers> {
  const host = registryHost(reference.registry);
  const conversation = converse(transport, reference);
  if (!conversation) return unaddressable(host);
  const opening = await open(conversation);
  const nobody = tryCredential(credentials.some(isSent) ? { ...conversation, spares: true } : conversation, opening, null);
  const trials = await Promise.all([
    ...credentials.map(async (credential) =>
      isSent(credential) ? tryCredential(conversation, opening, credential) : asNobody(credential, await nobody),
    ),
    nobody,
  ]);
  const unchallenged = trials.every(({ authorization }) => authorization === undefined) && trials.at(-1)?.attempt.result !== 'unauthorized';
  const chosen = trials.find(({ attempt }) => attempt.result === 'found') ?? trials.find(({ attempt }) => isNotFound(attempt.result));
  const base = {
    host,
    tags: null,
    manifest: null,
    blob: null,
    rateLimit: chosen?.rateLimit ?? trials.find(({ rateLimit }) => rateLimit)?.rateLimit ?? null,
  };
  if (!chosen) return { ...base, attempts: trials.map(({ attempt }) => attempt) };
  if (chosen.attempt.result === 'found') {
    const { manifest, blob, exchanges } = await readContent(conversation, chosen, node);
    return { ...base, attempts: withLogins(replaced(trials, chosen, 'found', exchanges)), manifest, blob };
  }
  const [{ result, tags, exchanges: asked }, own] = await Promise.all([
    explainNotFound(conversation, chosen, reference.tag),
    deniesItself(conversation, chosen.authorization, opening),
  ]);
  const exchanges = [...own.exchanges, ...asked];
  const known = replaced(trials, chosen, result, exchanges);
  // Where nobody was asked for a login, all stand before the same answer.
  const all = unchallenged ? known.map((attempt) => (isNotFound(attempt.result) ? { ...attempt, result } : attempt)) : known;
  return { ...base, attempts: withLogins(all), tags, ...(own.proved && { deniesItself: true as const }) };
}

function unaddressable(host: string): ImageAnswers {
  const fault = { layer: 'dns', code: 'not-found', message: `${host} is no address` } as const;
  const exchange: Exchange = {
    purpose: 'manifest',
    method: 'HEAD',
    url: `https://${host}/v2/`,
    status: null,
    fault,
    challenge: null,
    errors: [],
    body: null,
    contentType: null,
    milliseconds: 0,
  };
  const attempt = { credential: null, result: 'unreachable', authenticated: null, exchanges: [exchange] } as const;
  return { host, attempts: [attempt], tags: null, manifest: null, rateLimit: null, blob: null };
}

function asNobody(credential: Credential, { attempt, ...rest }: Trial): Trial {
  const { secret, key, user } = credential;
  if (!isHandedOver(credential)) {
    const unasked = { credential: { secret, key, user }, result: 'not-asked', authenticated: null, exchanges: [] } as const;
    return { attempt: unasked, authorization: undefined, reaction: null, manifest: null, rateLimit: null };
  }
  return { ...rest, attempt: { ...attempt, credential: { secret, key, user }, authenticated: null, exchanges: [] } };
}

function isNotFound(result: AttemptResult): boolean {
  return result === 'not-found' || result === 'manifest-unknown' || result === 'repository-unknown';
}

function replaced(trials: readonly Trial[], chosen: Trial, result: AttemptResult, exchanges: readonly Exchange[]) {
  return trials.map(({ attempt }, index) =>
    trials[index] === chosen ? { ...attempt, result, exchanges: [...attempt.exchanges, ...exchanges] } : attempt,
  );
}

/** Where nobody is refused, what a login opens shows that the login is good. */
function withLogins(attempts: readonly Attempt[]): readonly Attempt[] {
  const nobody = attempts.find(({ credential }) => credential === null)?.result;
  if (nobody !== 'unauthorized' && nobody !== 'token-refused' && nobody !== 'forbidden') return attempts;
  const opens = ({ credential, result }: Attempt) =>
    credential !== null && (result === 'found' || (isNotFound(result) && result !== 'not-found'));
  return attempts.map((attempt) => (attempt.authenticated === null && opens(attempt) ? { ...attempt, authenticated: true } : attempt));
}

/**
 * A 404 to HEAD may mean the tag or the repository. A list of tags that does not hold the tag is proof of the first; a registry that denies
 * the name, of the second. Only where the list decides nothing is the manifest's own error read.
 */
async function explainNotFound(conversation: Conversation, trial: Trial, tag: string | null) {
  const outcome = await listTags(conversation, trial.authorization);
  const list = 'list' in outcome ? outcome.list : null;
  const tags = list && {
    count: list.tags.length,
    complete: list.complete,
    nearest: tag === null ? [] : nearestOf(tag, conversation.wanted, list.tags),
    newest: newestTag(list.tags),
    ...(tag !== null && conversation.wanted === tag && list.tags.includes(tag) && { listed: true as const }),
  };
  const settled = list
    ? settledByTags(list.tags, list.complete, conversation.wanted)
    : 'repository' in outcome && outcome.repository === 'missing'
      ? 'repository-unknown'
      : null;
  if (settled) return { result: settled, tags, exchanges: outcome.exchanges } as const;
  const { reaction, result } = await readManifest(conversation, trial.authorization);
  return {
    result: isNotFound(result) || result === 'found' ? result : trial.attempt.result,
    tags,
    exchanges: [...outcome.exchanges, ...reaction.exchanges],
  };
}

/** Where a digest is missing, the tag beside it in the name may be there: nothing is nearer. */
function nearestOf(tag: string, wanted: string, tags: readonly string[]): readonly string[] {
  return wanted !== tag && tags.includes(tag) ? [tag, ...nearestTags(tag, tags, 2)] : nearestTags(tag, tags);
}

/**
 * Some registries list no tags for a repository that is not there, so an empty list proves nothing; and no list of tags speaks of a digest.
 */
function settledByTags(tags: readonly string[], complete: boolean, wanted: string): AttemptResult | null {
  return complete && tags.length > 0 && !wanted.includes(':') && !tags.includes(wanted) ? 'manifest-unknown' : null;
}
