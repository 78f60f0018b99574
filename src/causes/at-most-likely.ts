import type { Confidence } from '../values/cause-code.ts';

/** The same, no longer certain. */
export function atMostLikely<Told extends { readonly confidence: Confidence }>(told: Told): Told {
  return told.confidence === 'certain' ? { ...told, confidence: 'likely' } : told;
}
