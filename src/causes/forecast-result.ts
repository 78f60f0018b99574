import type { CauseCode, Confidence } from '../values/cause-code.ts';
import type { CheckResult } from '../values/check.ts';
import { alternative } from './tell-apart.ts';
import type { Finding } from './view.ts';

export interface Forecast {
  readonly result: CheckResult;
  /** null: nothing speaks against it, or nothing can be said. */
  readonly finding: Finding | null;
}

export const unknown: Forecast = { result: 'unknown', finding: null };

export const ok: Forecast = { result: 'ok', finding: null };

export function problem(code: CauseCode, confidence: Confidence, others: readonly CauseCode[] = []): Forecast {
  return { result: 'problem', finding: { code, confidence, alternatives: others.map(alternative) } };
}
