import type { Finding, ImageView } from '../view.ts';

/**
 * A family's say: takes what was concluded so far (null: nothing yet) and returns it, refined by evidence that this family knows to read.
 */
export type Rule = (view: ImageView, finding: Finding | null) => Finding | null;
