import type { Attempt } from '../../values/evidence.ts';
import type { ImageView } from '../view.ts';

/**
 * What the registry answered this workstation, seen as a whole. Statements on content and credentials carry over to the node; reachability
 * does not.
 */
export interface Replay {
  readonly withCredential: readonly Attempt[];
  readonly anonymous: Attempt | null;
  /** Some attempt was answered with the manifest. */
  readonly found: boolean;
  /** Nothing came back from the registry itself. */
  readonly unreachable: boolean;
  has(result: Attempt['result']): boolean;
}

/** null: the registry was not asked. */
export function replayOf(view: ImageView): Replay | null {
  const attempts = view.registry?.attempts ?? [];
  if (attempts.length === 0) return null;
  return {
    withCredential: attempts.filter((attempt) => attempt.credential !== null),
    anonymous: attempts.find((attempt) => attempt.credential === null) ?? null,
    found: attempts.some((attempt) => attempt.result === 'found'),
    unreachable: attempts.every((attempt) => attempt.result === 'unreachable'),
    has: (result) => attempts.some((attempt) => attempt.result === result),
  };
}
