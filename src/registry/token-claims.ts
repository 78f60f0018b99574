import { parseObject } from '../values/json-object.ts';

/**
 * Whether a token says of itself that it opens nothing: the `access` of Distribution's token (distribution docs/spec/auth/jwt.md, "access:
 * An array of access entry objects"), empty. A token that is no JWT, or that has no such claim, says nothing. The signature is not checked:
 * the claim is used only to leave out a question.
 */
export function grantsNothing(token: string): boolean {
  const [, payload = ''] = token.split('.');
  const access = parseObject(Buffer.from(payload, 'base64url').toString('utf8'))?.access;
  return Array.isArray(access) && access.length === 0;
}
