import type { CauseCode } from '../../values/cause-code.ts';
import type { Attempt, Exchange } from '../../values/evidence.ts';
import type { RegistryHabits } from './habits.ts';

/**
 * The causes that a registry's answer to one credential leaves open, the likeliest first; one alone is proved. Empty: the answer says
 * nothing of the credential (it can read the image, the content is missing, or there was no answer).
 */
export function readAttempt(attempt: Attempt, habits: RegistryHabits): readonly CauseCode[] {
  // What was not sent was not refused: the registry asked nobody to log in, or the login lacks its password.
  if (attempt.exchanges.length === 0 && attempt.authenticated === null) return [];
  const refusal = attempt.exchanges.findLast(({ status, purpose }) => status !== null && status >= 400 && purpose !== 'ping');
  const words = refusal ? wordsOf(refusal) : '';
  // What a registry says of a token that was made just now is about its clock or its token server's.
  const expired = saysExpired(words) && !hasToken(attempt);
  switch (attempt.result) {
    case 'token-refused':
      if (expired) return ['auth-expired'];
      if (attempt.authenticated === false) return ['auth-rejected'];
      return statusOf(attempt, 'token') === 403 ? known(attempt, habits.tokenForbidden) : unsure(attempt, habits);
    case 'unauthorized':
      if (expired) return ['auth-expired'];
      if (attempt.authenticated === true) return habits.withoutScope;
      return attempt.authenticated === false ? ['auth-rejected'] : unsure(attempt, habits);
    case 'forbidden':
      if (expired) return ['auth-expired'];
      return readForbidden(attempt, habits, refusal, words);
    default:
      return [];
  }
}

function readForbidden(attempt: Attempt, habits: RegistryHabits, refusal: Exchange | undefined, words: string): readonly CauseCode[] {
  // The address that it blocks is this workstation's: nothing follows for the node, nor for the credential.
  if (/client with ip\b|\bfirewall\b/i.test(words)) return [];
  // 412: Harbor's policies on what may be pulled.
  if (refusal?.status === 412 || /\bPROJECTPOLICYVIOLATION\b/.test(words)) return ['registry-policy-blocked'];
  if (refusal?.status === 451 || saysPolicy(refusal)) return ['registry-policy-blocked', 'auth-forbidden'];
  // Quay of a namespace that is disabled.
  if (refusal?.status === 405) return ['auth-forbidden', 'registry-policy-blocked'];
  // A page in place of a registry's words: a firewall, a proxy, or a cloud that does not serve this network.
  if (refusal && refusal.errors.length === 0 && refusal.body !== null) return ['auth-forbidden', 'registry-address-blocked'];
  const codes = known(attempt, habits.forbidden);
  const isMute = refusal === undefined || refusal.errors.length === 0;
  return isMute && codes.length === 1 && attempt.authenticated === null ? [...codes, 'auth-rejected'] : codes;
}

/** 401, and whether the login as such is good could not be found out. */
function unsure({ authenticated }: Attempt, { unauthorized, withoutScope }: RegistryHabits): readonly CauseCode[] {
  if (authenticated === true) return withoutScope;
  return unauthorized.length === 1 ? [...unauthorized, 'auth-forbidden'] : unauthorized;
}

/** JFrog Xray, Sonatype's quarantine, Google's service perimeters. */
function saysPolicy(refusal: Exchange | undefined): boolean {
  return (
    refusal !== undefined &&
    /\b(?:xray|quarantined?|vulnerabilit(?:y|ies)|prohibited by organization|(?:security|block|download|access) polic(?:y|ies))\b/i.test(
      wordsOf(refusal),
    )
  );
}

function hasToken({ exchanges }: Attempt): boolean {
  return exchanges.some(({ purpose, status }) => purpose === 'token' && status === 200);
}

/** A login that was accepted was not rejected, and one that was refused has no rights to speak of. */
function known({ authenticated }: Attempt, codes: readonly CauseCode[]): readonly CauseCode[] {
  if (authenticated === false) return ['auth-rejected'];
  return authenticated === true ? codes.filter((code) => code !== 'auth-rejected' && code !== 'auth-expired') : codes;
}

/** Amazon ECR: "Your authorization token has expired. Reauthenticate and try again." */
function saysExpired(words: string): boolean {
  return /\b(?:token|credentials?|password)\b[^.]{0,40}\b(?:has|have|is|are) expired\b|\bexpired (?:token|credential)/i.test(words);
}

function wordsOf({ errors }: Exchange): string {
  return errors.map(({ code, message }) => `${code} ${message}`).join(' ');
}

function statusOf(attempt: Attempt, purpose: Exchange['purpose']): number | null {
  return attempt.exchanges.findLast((exchange) => exchange.purpose === purpose)?.status ?? null;
}
