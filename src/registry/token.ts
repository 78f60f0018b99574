import type { Credential } from '../image/keyring.ts';
import type { Exchange } from '../values/evidence.ts';
import { parseObject } from '../values/json-object.ts';
import type { Challenge } from './challenge.ts';
import { ask, basicAuthorization, type Conversation, type Reaction } from './conversation.ts';
import { judgeRealm } from './realm.ts';

export type TokenOutcome = { readonly exchanges: readonly Exchange[] } & (
  | { readonly token: string }
  | { readonly refused: Reaction }
  | { readonly notSent: string }
);

const longestToken = 32 * 1024;

/**
 * Asks the token server that a challenge names, by GET with Basic (distribution token specification). The scope is always this repository's
 * own pull: a registry cannot have a token for anything else fetched.
 * @param scoped false for the login check: whether the credential as such is accepted
 */
export async function fetchToken(
  conversation: Conversation,
  challenge: Challenge,
  credential: Credential | null,
  scoped: boolean,
): Promise<TokenOutcome> {
  const realm = judgeRealm(challenge.parameters.realm, conversation.origin.hostname);
  if ('refusal' in realm) return { exchanges: [], notSent: realm.refusal };
  if (credential && !realm.standing) {
    return { exchanges: [], notSent: `${conversation.origin.host} names the token server ${realm.url.host}, which is on another site` };
  }
  const authorization = credential ? basicAuthorization(credential, conversation.redaction) : undefined;
  const url = tokenUrl(realm.url, challenge.parameters.service, scoped ? conversation.repository : null);
  const reaction = await ask(conversation, { purpose: scoped ? 'token' : 'login', method: 'GET', url, authorization });
  const token = reaction.answer?.status === 200 ? readToken(reaction.answer.body.toString('utf8')) : null;
  if (token === null) return { exchanges: reaction.exchanges, refused: reaction };
  conversation.redaction.add(token);
  return { exchanges: reaction.exchanges, token };
}

function tokenUrl(realm: URL, service: string | undefined, repository: string | null): URL {
  const url = new URL(realm);
  if (service !== undefined && !url.searchParams.has('service')) url.searchParams.set('service', service.slice(0, 256));
  url.searchParams.delete('scope');
  if (repository !== null) url.searchParams.set('scope', `repository:${repository}:pull`);
  return url;
}

/** `token` or `access_token`, whichever is there; only what may stand in a header. */
function readToken(body: string): string | null {
  const answer = parseObject(body);
  const token = [answer?.token, answer?.access_token].find((value) => typeof value === 'string' && value !== '');
  return typeof token === 'string' && token.length <= longestToken && /^[\x21-\x7e]+$/.test(token) ? token : null;
}
