import type { CheckEvidence } from '../../values/check.ts';
import type { AttemptResult, Obstacle } from '../../values/evidence.ts';

/**
 * Why the API server told nothing of what an answer hangs on; null: it told it, or nothing hangs on it. What it says that one may not read
 * is an answer.
 * @param named the user named a namespace or a service account, whose pull secrets are to count
 */
export function unanswered(checks: readonly CheckEvidence[], named: boolean): Obstacle | null {
  return checks.flatMap((check) => unread(check, named)).find(({ kind }) => silences.has(kind)) ?? null;
}

const silences: ReadonlySet<Obstacle['kind']> = new Set(['unreachable', 'timeout', 'refused', 'failed']);

function unread({ evidence }: CheckEvidence, named: boolean): readonly Obstacle[] {
  const { pod, spec, secrets } = evidence;
  const account = spec.outcome === 'done' && 'obstacle' in spec.facts.serviceAccount ? [spec.facts.serviceAccount.obstacle] : [];
  const own = secrets.outcome === 'done' ? secrets.facts.secrets.flatMap(({ obstacle }) => obstacle ?? []) : [];
  return [...own, ...(named || pod.serviceAccount !== 'default' || isRefused(evidence) ? account : [])];
}

const refusals: ReadonlySet<AttemptResult> = new Set(['unauthorized', 'token-refused', 'forbidden']);

/** The registry wants a login, which the account may name. */
function isRefused({ registry }: CheckEvidence['evidence']): boolean {
  const attempts = registry.outcome === 'done' ? registry.facts.images.flatMap(({ attempts }) => attempts) : [];
  return attempts.length > 0 && attempts.every(({ result }) => refusals.has(result));
}
