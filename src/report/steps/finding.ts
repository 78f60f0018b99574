import type { ContainerKind, Evidence, Obstacle, Step } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { list } from '../../words/text.ts';
import { cutEnd } from '../escape.ts';

/** The RESULT and FINDING of a row. `unknown`: something stood in the way, which proves nothing either way. */
export interface StepFinding {
  readonly status: 'ok' | 'problem' | 'skipped' | 'unknown';
  readonly finding: string;
}

export type StepReport = (evidence: Evidence, verdicts: readonly Verdict[]) => StepFinding;

/** Names one image of a pod; in the evidence and in the verdicts alike. */
export interface ImageKey {
  readonly container: string;
  readonly kind: ContainerKind;
}

export const ok = (finding: string): StepFinding => ({ status: 'ok', finding });
export const problem = (finding: string): StepFinding => ({ status: 'problem', finding });
export const skipped = (finding: string): StepFinding => ({ status: 'skipped', finding });
export const unknown = (finding: string): StepFinding => ({ status: 'unknown', finding });

/** The facts of a step, or its row where it has none. */
export function factsOrRow<Facts>(step: Step<Facts>): { readonly facts: Facts } | { readonly row: StepFinding } {
  switch (step.outcome) {
    case 'done':
      return { facts: step.facts };
    case 'skipped':
      return { row: skipped(step.reason) };
    case 'unknown':
      return { row: unknown(describeObstacle(step.obstacle)) };
  }
}

/** What stood in the way, in one clause; a missing permission is named, since that is what one asks the administrator for. */
export function describeObstacle(obstacle: Obstacle): string {
  const message = cutEnd(obstacle.message, 160);
  switch (obstacle.kind) {
    case 'forbidden':
      return obstacle.permission === undefined ? `not permitted: ${message}` : `you may not ${obstacle.permission}`;
    case 'not-found':
      return `not found: ${message}`;
    case 'timeout':
      return `no answer in time: ${message}`;
    case 'unreachable':
      return `not reachable: ${message}`;
    case 'refused':
      return `refused: ${message}`;
    case 'failed':
      return `failed: ${message}`;
    case 'not-collected':
      return `not in the file: ${message}`;
  }
}

export function find<T extends ImageKey>(items: readonly T[], { container, kind }: ImageKey): T | null {
  return items.find((item) => item.container === container && item.kind === kind) ?? null;
}

/** How an image of the pod is called in a sentence. */
export function nameOf(key: ImageKey): string {
  switch (key.kind) {
    case 'container':
      return key.container;
    case 'initContainer':
      return `init container ${key.container}`;
    case 'ephemeralContainer':
      return `ephemeral container ${key.container}`;
    case 'imageVolume':
      return `image volume ${key.container}`;
    case 'sandbox':
      return 'pod sandbox';
  }
}

/** The images that something is wrong with; all of them where nothing is. */
export function concerned(verdicts: readonly Verdict[]): readonly Verdict[] {
  const accused = verdicts.filter((verdict) => verdict.code !== 'none');
  return accused.length > 0 ? accused : verdicts;
}

/**
 * One row for all images that matter: images of which the same is to be said share a clause, and a clause names its images where the pod
 * has several. The worst status is the row's.
 * @param options.seenFrom the vantage point, where it is not the node or the cluster
 */
export function forEachImage(
  verdicts: readonly Verdict[],
  say: (verdict: Verdict) => StepFinding | null,
  options: { readonly alwaysName?: boolean; readonly seenFrom?: string; readonly nothing: StepFinding },
): StepFinding {
  const clauses = new Map<string, { status: StepFinding['status']; names: string[] }>();
  for (const verdict of concerned(verdicts)) {
    const said = say(verdict);
    if (said === null) continue;
    const clause = clauses.get(said.finding) ?? { status: said.status, names: [] };
    clause.names.push(nameOf(verdict));
    clauses.set(said.finding, clause);
  }
  if (clauses.size === 0) return options.nothing;
  const named = options.alwaysName === true || (verdicts.length > 1 && !sharedByAll(clauses, verdicts));
  const sentences = [...clauses].map(([finding, { names }]) => {
    const label = [...(named ? [list(names)] : []), ...(options.seenFrom === undefined ? [] : [options.seenFrom])].join(', ');
    return label === '' ? finding : `${label}: ${finding}`;
  });
  return { status: worst([...clauses.values()].map((clause) => clause.status)), finding: firstFour(sentences) };
}

function sharedByAll(clauses: ReadonlyMap<string, { names: readonly string[] }>, verdicts: readonly Verdict[]): boolean {
  const [only] = clauses.values();
  return clauses.size === 1 && only !== undefined && only.names.length === verdicts.length;
}

function firstFour(sentences: readonly string[]): string {
  const shown = sentences.slice(0, 4).join('; ');
  return sentences.length > 4 ? `${shown}; and ${sentences.length - 4} more` : shown;
}

const severity = ['skipped', 'ok', 'unknown', 'problem'] as const;

function worst(statuses: readonly StepFinding['status'][]): StepFinding['status'] {
  return severity.findLast((status) => statuses.includes(status)) ?? 'ok';
}
