import type { AttemptResult } from '../values/evidence.ts';
import { chooseChallenge } from './challenge.ts';
import type { Reaction } from './conversation.ts';
import { refusedAddress } from './guard.ts';
import { isNotAsked } from './not-asked.ts';

/** What an answer about the manifest comes to. */
export function resultOf(reaction: Reaction): AttemptResult {
  if (!reaction.answer) return resultOfFault(reaction);
  const { status } = reaction.answer;
  if (status >= 200 && status < 300) return 'found';
  // A 401 has to say how to log in (RFC 9110 §15.5.2); where it does not, no credential is sent, and none would help.
  if (status === 401) return chooseChallenge(reaction.answer.headers['www-authenticate']) ? 'unauthorized' : 'bad-response';
  if (status === 404) return resultOfNotFound(reaction);
  // 405: Quay of a disabled namespace; 412: Harbor's policies; 451: for legal reasons.
  if (status === 403 || status === 405 || status === 412 || status === 451) return 'forbidden';
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'unavailable' : 'bad-response';
}

/** What an answer of the token server comes to that gave no token. */
export function resultOfToken(reaction: Reaction): AttemptResult {
  const status = reaction.answer?.status ?? 0;
  if (reaction.fault) return resultOfFault(reaction);
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'unavailable';
  return status === 400 || status === 401 || status === 403 ? 'token-refused' : 'bad-response';
}

function resultOfNotFound(reaction: Reaction): AttemptResult {
  const codes = reaction.exchanges.at(-1)?.errors.map(({ code }) => code) ?? [];
  if (codes.includes('NAME_UNKNOWN')) return 'repository-unknown';
  return codes.includes('MANIFEST_UNKNOWN') || codes.includes('TAG_EXPIRED') ? 'manifest-unknown' : 'not-found';
}

function resultOfFault({ fault }: Reaction): AttemptResult {
  if (fault && isNotAsked(fault)) return 'not-asked';
  if (fault?.code === refusedAddress) return 'refused-to-send';
  return fault?.code === 'bad-response' ? 'bad-response' : 'unreachable';
}
