import type { CauseCode } from '../../values/cause-code.ts';
import type { ProbeAnswer } from '../../values/evidence.ts';
import { isAnswer } from '../answer.ts';
import { atMostLikely } from '../at-most-likely.ts';
import type { Reading } from '../reader/pull-error.ts';

/** What a registry says whichever tag it is asked for; to whom it says it may matter. */
const whicheverTag: ReadonlySet<CauseCode> = new Set(['rate-limited', 'registry-policy-blocked', 'registry-address-blocked']);

/**
 * What a prober was told, as sure as it is for the pull itself. The runtime goes the same way for every tag, and is asked for one that
 * cannot exist: a fault on that way is the pull's, and what the registry says need not be. The kubelet and tools go by themselves, without
 * the runtime's proxy, mirrors and trust.
 * @param isAsAnother asked without the pod's credentials, where it has some
 */
export function asSureAs(reading: Reading, { prober }: ProbeAnswer, isAsAnother: boolean): Reading {
  const isOfThePull = whicheverTag.has(reading.code) ? !isAsAnother : !isAnswer(reading.code);
  return prober === 'runtime' && isOfThePull ? reading : atMostLikely(reading);
}
