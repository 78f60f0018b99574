import { type Credential, credentialName } from '../image/keyring.ts';
import { isIndex, isManifest, isSchema1, mediaTypeOf } from '../image/media-types.ts';
import type { Attempt, AttemptResult, Exchange, ImageRegistryFacts } from '../values/evidence.ts';
import { readManifest } from './ask-manifest.ts';
import { resultOf } from './attempt-result.ts';
import type { Conversation, Reaction } from './conversation.ts';
import type { Manifest } from './manifest.ts';
import { readRateLimit } from './rate-limit.ts';

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
export async function finish(conversation: Conversation, credential: Credential | null, course: Course): Promise<Trial> {
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

/** What the last answer makes of the whole way. */
export function conclude(credential: Credential | null, conclusion: Conclusion): Trial {
  const { exchanges, reaction, result, authorization, authenticated = null, manifest = null } = conclusion;
  return {
    attempt: { credential: credential && credentialName(credential), result, authenticated, exchanges },
    authorization,
    reaction,
    manifest,
    rateLimit: reaction.answer ? readRateLimit(reaction.answer.headers, Date.now()) : null,
  };
}
