export type StepName = 'describe' | 'events' | 'spec' | 'secrets' | 'registry' | 'probe' | 'node';

/** What stood in the way of a reading. `permission` names the RBAC right that was lacking, e.g. `get secrets in namespace shop`. */
export interface Obstacle {
  /** `not-collected`: the file that was read instead of a cluster does not hold it. */
  readonly kind: 'forbidden' | 'not-found' | 'timeout' | 'unreachable' | 'refused' | 'failed' | 'not-collected';
  readonly message: string;
  readonly permission?: string;
}

/** A single reading that may have failed on its own, inside a step that did its work. `cut`: of a list, that there is more of it. */
export type Reading<T> = { readonly value: T; readonly cut?: true } | { readonly obstacle: Obstacle };

/** A step of the playbook: its facts, or why there are none. */
export type Step<Facts> = { readonly milliseconds: number } & (
  | { readonly outcome: 'done'; readonly facts: Facts }
  | { readonly outcome: 'skipped'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly obstacle: Obstacle }
);
