import type { CauseCode } from '../../values/cause-code.ts';
import type { Attempt } from '../../values/evidence.ts';
import type { ImageView } from '../view.ts';
import { readAttempt } from './attempt.ts';
import { habitsOf } from './registry-of.ts';
import { replayOf } from './replay.ts';

/** A credential that the registry refused here, and the causes that this leaves open. Empty: its answer says nothing of the credential. */
export interface Refusal {
  readonly attempt: Attempt;
  readonly codes: readonly CauseCode[];
}

/** The answers to the pod's credentials, that of the one which got furthest first. */
export function refusalsOf(view: ImageView): readonly Refusal[] {
  const habits = habitsOf(view);
  const refusals = (replayOf(view)?.withCredential ?? []).map((attempt) => ({ attempt, codes: readAttempt(attempt, habits) }));
  return refusals.toSorted((a, b) => progress(b) - progress(a));
}

/** How far a credential got before it was refused. */
function progress({ codes: [code] }: Refusal): number {
  return ['auth-rejected', 'auth-expired', 'not-found-or-denied', 'auth-forbidden', 'registry-policy-blocked'].indexOf(code ?? '');
}
