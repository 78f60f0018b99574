import type { EventsFacts, PodEvent } from '../../values/evidence.ts';
import { isFailure } from '../../values/failure-start.ts';
import { concerns, eventReasons } from '../../values/pull-event.ts';
import type { Verdict } from '../../values/verdict.ts';

/**
 * The events about pulling this very image for this very container, newest last; those of another container or of an image before it are no
 * evidence.
 */
export function eventsOf(facts: EventsFacts, verdict: Verdict): readonly PodEvent[] {
  return facts.events.filter((event) => eventReasons.has(event.reason) && concerns(event, verdict));
}

/** Failed pulls that the events count: what remains of them may be fewer than there were. */
export function attempts(events: readonly PodEvent[]): number {
  return events.filter(isFailure).reduce((sum, event) => sum + event.count, 0);
}

/** The last failure in full words: among those of the same instant the longest. */
export function lastFailure(events: readonly PodEvent[]): PodEvent | null {
  return events.filter(isFailure).reduce<PodEvent | null>((best, event) => {
    if (best === null) return event;
    const order = event.last.localeCompare(best.last);
    return order > 0 || (order === 0 && event.message.length >= best.message.length) ? event : best;
  }, null);
}

const firstBackOff = 10_000;
const longestBackOff = 300_000;

/**
 * When the kubelet tries again, as a time after the last attempt in milliseconds: 10 s, doubled for every failure, 300 s at most
 * (kubelet.go, imageBackOffPeriod and MaxImageBackOff). The kubelet looks every 10 to 15 seconds, so it is about that.
 */
export function backOffAfter(failures: number): number {
  return Math.min(longestBackOff, firstBackOff * 2 ** Math.max(0, failures - 1));
}
