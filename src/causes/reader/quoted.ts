import type { CauseCode } from '../../values/cause-code.ts';
import type { Reading } from './pull-error.ts';
import { answerAt } from './registry-words.ts';
import { applies, isUnanswered, type Rule, type Said } from './rules/rule.ts';
import { alternative, nodesOwn } from './tell-apart.ts';

/**
 * What a registry may say of itself, of its images and of who asks. Every other cause is known to the node alone: where a registry speaks
 * of one, it speaks of itself.
 */
const registrysOwn: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'manifest-not-found', 'repository-not-found', 'not-found-or-denied', 'auth-required', 'auth-rejected', 'auth-expired', 'auth-forbidden', 'registry-address-blocked', 'registry-policy-blocked',
  'rate-limited', 'registry-unavailable', 'registry-blob-missing', 'registry-bad-response', 'proxy-cache-upstream', 'unsupported-manifest',
]); // biome-ignore format: a list of codes

/**
 * A registry answered elsewhere in the text, otherwise, and the cause is none that it can know: what came after may be its words as well,
 * however they look.
 */
export function mayBeQuoted(chosen: Reading, all: readonly Reading[]): boolean {
  const isAnswered = all.some(({ code, error }) => code !== chosen.code && answerAt(error.clause) !== null);
  return isAnswered && chosen.confidence === 'certain' && !registrysOwn.has(chosen.code);
}

/**
 * Certain of the node or of its way to the registry, in a text that shows that the registry answered: then these are the registry's words,
 * or a failure beside its answer. The statuses that say themselves what the rule says are none: 407 is a proxy's, and plain HTTP that was
 * sent to HTTPS is answered with 400.
 */
export function isQuoted(rule: Rule, said: Said): boolean {
  if (rule.confidence !== 'certain' || registrysOwn.has(rule.code) || isUnanswered(said)) return false;
  const { status, registryErrors, request } = said.error;
  if (registryErrors.length > 0) return true;
  if (rule.code === 'proxy-failure') return status !== 407;
  return !(rule.code === 'http-on-https' && status === 400 && request?.url.startsWith('http://'));
}

/** What such a text decides, never surely. `rules`: all of them, in their order. */
export function readQuoted(rule: Rule, said: Said, rules: readonly Rule[]): Reading {
  const { error, clause } = said;
  const at = answerAt(error.clause) ?? 0;
  const theirs = rules.find((other) => registrysOwn.has(other.code) && applies(other, said))?.code ?? 'registry-unavailable';
  // said before the registry's answer, so by the node itself: an answer to another attempt follows
  if (applies(rule, { error, clause: clause.slice(0, at) }))
    return { error, code: rule.code, confidence: 'likely', alternatives: [alternative(theirs)] };
  const isOfUpstream = /\b(?:get|head) "?‹url›/.test(clause.slice(at));
  const code = isOfUpstream ? 'proxy-cache-upstream' : theirs;
  const unwell = code === 'registry-unavailable' ? [] : [alternative('registry-unavailable')];
  return { error, code, confidence: 'likely', alternatives: [...unwell, nodesOwn(rule.code)] };
}
