import type { CauseCode } from '../../values/cause-code.ts';
import type { Attempt, Exchange } from '../../values/evidence.ts';
import type { RegistryHabits } from './habits.ts';

/**
 * The causes that a registry's answer to one credential leaves open, the likeliest first; one alone is proved. Empty: the answer says nothing of the
 * credential (it can read the image, the content is missing, or there was no answer).
 */
export function readAttempt(attempt: Attempt, habits: RegistryHabits): readonly CauseCode[] {
  const refusal = attempt.exchanges.findLast(({ status }) => status !== null && status >= 400);
  const words = refusal ? wordsOf(refusal) : '';
  switch (attempt.result) {
    case 'token-refused':
      if (saysExpired(words)) return ['auth-expired'];
      if (attempt.authenticated === false) return ['auth-rejected'];
      return statusOf(attempt, 'token') === 403 ? known(attempt, habits.tokenForbidden) : habits.unauthorized;
    case 'unauthorized':
      if (saysExpired(words)) return ['auth-expired'];
      if (attempt.authenticated === true) return habits.withoutScope;
      return attempt.authenticated === false ? ['auth-rejected'] : habits.unauthorized;
    case 'forbidden':
      return readForbidden(attempt, habits, refusal, words);
    default:
      return [];
  }
}

function readForbidden(attempt: Attempt, habits: RegistryHabits, refusal: Exchange | undefined, words: string): readonly CauseCode[] {
  if (saysExpired(words)) return ['auth-expired'];
  // The address that it blocks is this workstation's: nothing follows for the node, nor for the credential.
  if (/client with ip\b|\bfirewall\b/i.test(words)) return [];
  // 412: Harbor's policies on what may be pulled.
  if (refusal?.status === 412 || /\bPROJECTPOLICYVIOLATION\b/.test(words)) return ['registry-policy-blocked'];
  // A page in place of a registry's words: a firewall, a proxy, or a cloud that does not serve this network.
  if (refusal && refusal.errors.length === 0 && refusal.body !== null) return ['auth-forbidden', 'registry-address-blocked'];
  return known(attempt, habits.forbidden);
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
