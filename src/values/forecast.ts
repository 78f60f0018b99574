import type { CheckResult } from './check.ts';
import type { Verdict } from './verdict.ts';

/** What is to be expected of the pull of an image that nobody has tried yet. */
export interface Forecast {
  readonly result: CheckResult;
  /** As far as the report's sentences need one. */
  readonly verdict: Verdict;
  /** Nodes of those that the pod could run on for whose platform there is no image. */
  readonly unfit: readonly string[];
  /** The cloud whose nodes may open the registry by an identity of their own; null: it does not hang on that. */
  readonly nodeIdentity: string | null;
}
