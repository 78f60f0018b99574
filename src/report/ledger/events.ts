import type { EventsFacts, PodEvent } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { eventsOf } from '../steps/pull-events.ts';
import type { Line } from './line.ts';

/** The pull events of this image, and what the kubelet says of the pod's pull secrets, in full. */
export function eventLines(facts: EventsFacts, verdict: Verdict): readonly Line[] {
  const own = new Set(eventsOf(facts, verdict));
  return facts.events.filter((event) => own.has(event) || event.reason === 'FailedToRetrieveImagePullSecret').map(eventLine);
}

function eventLine(event: PodEvent): Line {
  const times = event.count === 1 ? '' : `, ${event.count} times since ${event.first}`;
  return {
    from: 'node',
    fact: `${event.reason}${times}: ${event.message}`,
    source: `event/${event.name} of ${event.from}`,
    at: event.last,
  };
}
