import type { CauseCode, Confidence } from '../../values/cause-code.ts';
import type { CheckResult } from '../../values/check.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding } from '../view.ts';

/** How the pull of an image would end, by what its registry answers. */
export interface PullForecast {
  readonly result: CheckResult;
  /** null: nothing speaks against it, or nothing can be said. */
  readonly finding: Finding | null;
}

export const unknown: PullForecast = { result: 'unknown', finding: null };

export const ok: PullForecast = { result: 'ok', finding: null };

export function problem(code: CauseCode, confidence: Confidence, others: readonly CauseCode[] = []): PullForecast {
  return { result: 'problem', finding: { code, confidence, alternatives: others.map(alternative) } };
}
