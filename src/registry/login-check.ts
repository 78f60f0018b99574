import type { Credential } from '../image/keyring.ts';
import type { Exchange } from '../values/evidence.ts';
import type { Challenge } from './challenge.ts';
import { ask, type Conversation } from './conversation.ts';
import { fetchToken } from './token.ts';

export interface LoginCheck {
  /** Whether the login as such is good; null: that is not to be known. */
  readonly authenticated: boolean | null;
  readonly exchanges: readonly Exchange[];
}

/**
 * What `docker login` does: a token without a scope tells whether the login as such is good, where a scoped one may be granted empty to
 * anybody.
 */
export async function checkTokenLogin(conversation: Conversation, challenge: Challenge, credential: Credential): Promise<LoginCheck> {
  const outcome = await fetchToken(conversation, challenge, credential, false);
  const { exchanges } = outcome;
  if ('token' in outcome) return { authenticated: true, exchanges };
  const status = 'refused' in outcome ? outcome.refused.answer?.status : undefined;
  // A 403 without a registry's words may be anybody's on the way.
  const saysNo = status === 401 || (status === 403 && (exchanges.at(-1)?.errors.length ?? 0) > 0);
  return { authenticated: saysNo ? false : null, exchanges };
}

/** The same with Basic: the root of the API asks for a login and for no rights. Where it is open to all, it says nothing of a login. */
export async function checkBasicLogin(conversation: Conversation, authorization: string): Promise<LoginCheck> {
  const url = new URL('/v2/', conversation.origin);
  const login = await ask(conversation, { purpose: 'login', method: 'GET', url, authorization });
  const status = login.answer?.status ?? 0;
  if (status < 200 || status >= 300) return { authenticated: status === 401 ? false : null, exchanges: login.exchanges };
  const nobody = await ask(conversation, { purpose: 'ping', method: 'GET', url });
  return { authenticated: nobody.answer?.status === 401 ? true : null, exchanges: [...login.exchanges, ...nobody.exchanges] };
}
