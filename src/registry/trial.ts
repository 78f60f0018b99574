import type { Credential } from '../image/keyring.ts';
import type { Exchange } from '../values/evidence.ts';
import { askForManifest } from './ask-manifest.ts';
import { resultOfToken } from './attempt-result.ts';
import { type Challenge, chooseChallenge } from './challenge.ts';
import { conclude, finish, type Trial } from './conclusion.ts';
import { basicAuthorization, type Conversation, type Reaction } from './conversation.ts';
import { checkBasicLogin, checkTokenLogin } from './login-check.ts';
import { fetchToken } from './token.ts';
import { grantsNothing } from './token-claims.ts';

/**
 * Goes the way of one credential after the first answer. A runtime sends credentials only when it is challenged: where the registry did
 * not, every credential fares as nobody's.
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
