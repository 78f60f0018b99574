import { type Credential, credentialName } from '../image/keyring.ts';
import { isIndex, isManifest, isSchema1, mediaTypeOf } from '../image/media-types.ts';
import type { Attempt, AttemptResult, Exchange, ImageRegistryFacts } from '../values/evidence.ts';
import { resultOf, resultOfToken } from './attempt-result.ts';
import { type Challenge, chooseChallenge } from './challenge.ts';
import { ask, basicAuthorization, type Conversation, type Reaction, registryUrl } from './conversation.ts';
import { checkBasicLogin, checkTokenLogin } from './login-check.ts';
import { acceptManifests, type Manifest, manifestLimit, parseManifest } from './manifest.ts';
import { readRateLimit } from './rate-limit.ts';
import { fetchToken } from './token.ts';
import { grantsNothing } from './token-claims.ts';

/** One credential's (or nobody's) way to the manifest, with what later questions need. */
export interface Trial {
  readonly attempt: Attempt;
  /** The header that the registry took; undefined: it asked for none. */
  readonly authorization: string | undefined;
  /** The last answer about the manifest. */
  readonly reaction: Reaction | null;
  /** Where the manifest had to be read to judge the answer. */
  readonly manifest: Manifest | null;
  readonly rateLimit: ImageRegistryFacts['rateLimit'];
}

/** The first question, as containerd asks it: HEAD of the manifest, with nothing of anybody's. */
export function open(conversation: Conversation): Promise<Reaction> {
  return askForManifest(conversation, 'HEAD', undefined);
}

/**
 * Goes the way of one credential after the first answer. A runtime sends credentials only when it is challenged: where the registry did not, every credential
 * fares as nobody's.
 * @param credential null: anonymously
 */
export async function tryCredential(conversation: Conversation, opening: Reaction, credential: Credential | null): Promise<Trial> {
  const challenge = opening.answer?.status === 401 ? chooseChallenge(opening.answer.headers['www-authenticate']) : null;
  const exchanges = credential ? [] : [...opening.exchanges];
  if (!challenge) return finish(conversation, credential, { exchanges, reaction: opening, authorization: undefined, authenticated: null });
  return challenge.scheme === 'basic'
    ? tryBasic(conversation, opening, credential, exchanges)
    : tryBearer(conversation, opening, challenge, credential, exchanges);
}

/** Neither containerd nor CRI-O sends a login that lacks its password: the pull goes on anonymously. */
export function isSent(credential: Credential): boolean {
  return credential.password !== '' && isHandedOver(credential);
}

/** Whether the runtime ever gets it: the pull ends at the kubelet where it does not. */
export function isHandedOver({ isUtf8 }: Credential): boolean {
  return isUtf8 !== false;
}

async function tryBasic(
  conversation: Conversation,
  opening: Reaction,
  credential: Credential | null,
  exchanges: readonly Exchange[],
): Promise<Trial> {
  if (!credential) return conclude(credential, { exchanges, reaction: opening, result: 'unauthorized' });
  const authorization = basicAuthorization(credential, conversation.redaction);
  const reaction = await askForManifest(conversation, 'HEAD', authorization);
  const status = reaction.answer?.status ?? 0;
  const served = (status >= 200 && status < 300) || status === 404;
  const login = status === 401 ? await checkBasicLogin(conversation, authorization) : { authenticated: served || null, exchanges: [] };
  return finish(conversation, credential, {
    exchanges: [...exchanges, ...reaction.exchanges, ...login.exchanges],
    reaction,
    authorization,
    authenticated: login.authenticated,
  });
}

async function tryBearer(
  conversation: Conversation,
  opening: Reaction,
  challenge: Challenge,
  credential: Credential | null,
  before: readonly Exchange[],
): Promise<Trial> {
  const outcome = await fetchToken(conversation, challenge, credential, true);
  const exchanges = [...before, ...outcome.exchanges];
  if ('notSent' in outcome) return conclude(credential, { exchanges, reaction: opening, result: 'refused-to-send' });
  if ('refused' in outcome) {
    const result = resultOfToken(outcome.refused);
    if (result !== 'token-refused' || !credential) return conclude(credential, { exchanges, reaction: outcome.refused, result });
    // Some refuse a token for what a good login may not do, where others grant an empty one.
    const login = await checkTokenLogin(conversation, challenge, credential);
    return conclude(credential, {
      exchanges: [...exchanges, ...login.exchanges],
      reaction: outcome.refused,
      result,
      authenticated: login.authenticated,
    });
  }
  // Its answer is known: the first one, to nobody.
  if (!credential && conversation.spares && grantsNothing(outcome.token))
    return conclude(credential, { exchanges, reaction: opening, result: 'unauthorized' });
  const authorization = `Bearer ${outcome.token}`;
  const reaction = await askForManifest(conversation, 'HEAD', authorization);
  const denied = reaction.answer?.status === 401 || reaction.answer?.status === 403;
  const login = denied && credential ? await checkTokenLogin(conversation, challenge, credential) : { authenticated: null, exchanges: [] };
  const all = [...exchanges, ...reaction.exchanges, ...login.exchanges];
  return finish(conversation, credential, { exchanges: all, reaction, authorization, authenticated: login.authenticated });
}

interface Course {
  readonly exchanges: readonly Exchange[];
  readonly reaction: Reaction;
  readonly authorization: string | undefined;
  readonly authenticated: boolean | null;
}

/** A page where a manifest should be: a login, a proxy's notice. */
function isPage({ answer }: Reaction): boolean {
  return answer !== null && answer.status < 300 && mediaTypeOf(answer.headers['content-type']).startsWith('text/');
}

/** Reads the answer to HEAD; where that has no more to say than a number, GET brings the registry's words. A 429 is never asked again. */
async function finish(conversation: Conversation, credential: Credential | null, course: Course): Promise<Trial> {
  const { reaction, authorization } = course;
  const result = resultOf(reaction);
  if (conversation.headOnly) return conclude(credential, { ...course, result: isPage(reaction) ? 'bad-response' : result });
  if (!wantsBody(result, reaction)) return conclude(credential, { ...course, result });
  if (credential && authorization === undefined) return conclude(credential, { ...course, result });
  const { reaction: get, manifest, result: second } = await readManifest(conversation, authorization);
  // HEAD alone may be refused by a registry that answers GET, and the reverse. What is no manifest by its type was not found by HEAD.
  const final = get.fault && !reaction.fault && result !== 'found' ? result : second;
  return conclude(credential, { ...course, exchanges: [...course.exchanges, ...get.exchanges], reaction: get, manifest, result: final });
}

/** GET of the manifest. On Docker Hub a success counts as a pull. */
export async function readManifest(conversation: Conversation, authorization: string | undefined, reference = conversation.wanted) {
  const reaction = await askForManifest(conversation, 'GET', authorization, reference);
  const succeeded = reaction.answer !== null && reaction.answer.status < 300 && !reaction.answer.truncated;
  const parsed = succeeded && reaction.answer ? parseManifest(reaction.answer.body, reaction.answer.headers['content-type'] ?? null) : null;
  // What is asked for by its digest has to have it.
  const manifest = parsed && reference.startsWith('sha256:') && parsed.digest !== reference ? null : parsed;
  const result = resultOf(reaction);
  return { reaction, manifest, result: manifest ? ('found' as const) : result === 'found' ? ('bad-response' as const) : result };
}

function askForManifest(
  conversation: Conversation,
  method: 'GET' | 'HEAD',
  authorization: string | undefined,
  reference = conversation.wanted,
) {
  const url = registryUrl(conversation, `manifests/${reference}`);
  return ask(conversation, { purpose: 'manifest', method, url, authorization, accept: acceptManifests, bodyLimit: manifestLimit });
}

function wantsBody(result: AttemptResult, reaction: Reaction): boolean {
  if (!reaction.answer) return false;
  if (result === 'found') return !namesManifest(reaction.answer.headers['content-type']);
  return result === 'forbidden' || result === 'unavailable' || result === 'bad-response';
}

/** Whether the answer to HEAD is a manifest by its type. */
function namesManifest(contentType: string | undefined): boolean {
  const type = mediaTypeOf(contentType);
  return isManifest(type) || isIndex(type) || isSchema1(type);
}

interface Conclusion {
  readonly exchanges: readonly Exchange[];
  readonly reaction: Reaction;
  readonly result: AttemptResult;
  readonly authorization?: string | undefined;
  readonly authenticated?: boolean | null;
  readonly manifest?: Manifest | null;
}

function conclude(credential: Credential | null, conclusion: Conclusion): Trial {
  const { exchanges, reaction, result, authorization, authenticated = null, manifest = null } = conclusion;
  return {
    attempt: { credential: credential && credentialName(credential), result, authenticated, exchanges },
    authorization,
    reaction,
    manifest,
    rateLimit: reaction.answer ? readRateLimit(reaction.answer.headers, Date.now()) : null,
  };
}
