import type { Evidence } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { type FirstFailure, premiseKey, type Watch, type WatchChange, type WatchState } from '../../values/watch.ts';
import { isFailure } from '../group/case.ts';
import { differences, isSame, type Premises, premisesOf } from './premises.ts';

/** What is remembered of a watch from one look to the next. */
export interface Story extends Watch {
  /** As the pull depended on them when the first failure was seen, and what was learnt since. */
  readonly premises: Premises;
}

/** One look: what was found, what was concluded, and whether the pods of the newest rollout have all their images. */
export interface Look {
  /** RFC 3339. */
  readonly at: string;
  readonly evidence: readonly Evidence[];
  readonly verdicts: readonly (readonly Verdict[])[];
  readonly pulled: boolean;
}

/** The story with one more look. `before` is null for the first. Pure. */
export function tell(before: Story | null, look: Look): Story {
  const failing = look.verdicts.flat().some(isFailure);
  const state = stateOf(before, look, failing);
  const first = before?.first ?? (failing ? firstFailure(look) : null);
  const premises = premisesOf(look.evidence);
  const isFirst = before === null || before.first === null;
  return {
    state,
    begunAt: before?.begunAt ?? look.at,
    since: before?.state === state ? before.since : look.at,
    first,
    // Until something fails there is nothing that a change could have mended.
    changes: isFirst ? [] : withChanges(before.changes, differences(before.premises, premises, look.at)),
    premises: isFirst ? premises : new Map([...before.premises, ...premises]),
  };
}

/** A change that was learnt of otherwise. */
export function withChange(story: Story, change: WatchChange): Story {
  const { at: _at, before: _before, after: value, ...name } = change;
  const premises = new Map([...story.premises, [premiseKey(change), { ...name, value }]]);
  return { ...story, premises, changes: withChanges(story.changes, [change]) };
}

function stateOf(before: Story | null, { pulled }: Look, failing: boolean): WatchState {
  if (failing) return 'failing';
  if (!pulled) return 'waiting';
  return before === null || before.state === 'healthy' ? 'healthy' : 'fixed';
}

function firstFailure({ at, verdicts }: Look): FirstFailure | null {
  const verdict = verdicts.flat().find(isFailure);
  if (!verdict) return null;
  const { container, image, code, confidence, explanation } = verdict;
  return { at, container, image, code, confidence, explanation };
}

/** One line for each thing that changed: from what it was at first, to what it is now; what is as it was is left out. */
function withChanges(known: readonly WatchChange[], more: readonly WatchChange[]): readonly WatchChange[] {
  const changes = new Map(known.map((change) => [premiseKey(change), change]));
  for (const change of more) {
    const key = premiseKey(change);
    const before = changes.get(key)?.before ?? change.before;
    changes.delete(key);
    if (!isSame(before, change.after)) changes.set(key, { ...change, before });
  }
  return [...changes.values()];
}
