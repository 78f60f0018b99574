import type { AttemptResult } from './evidence.ts';

/**
 * What an answer comes to: the image is there, it is not, somebody is refused, the registry has no answer just now, it is not reached, it
 * was not asked.
 */
export type ResultKind = 'found' | 'absent' | 'refused' | 'busy' | 'unreached' | 'not-asked';

const kinds: Readonly<Record<AttemptResult, ResultKind>> = {
  found: 'found',
  'manifest-unknown': 'absent',
  'repository-unknown': 'absent',
  'not-found': 'absent',
  unauthorized: 'refused',
  'token-refused': 'refused',
  forbidden: 'refused',
  'rate-limited': 'busy',
  unavailable: 'busy',
  'bad-response': 'busy',
  unreachable: 'unreached',
  'refused-to-send': 'unreached',
  'not-asked': 'not-asked',
};

const order: readonly ResultKind[] = ['found', 'absent', 'refused', 'busy', 'unreached', 'not-asked'];

export function resultKind(result: AttemptResult): ResultKind {
  return kinds[result];
}

/** Of the answers to several credentials, the one that a pull may hope for. */
export function bestResult(results: readonly AttemptResult[]): AttemptResult {
  return results.toSorted((a, b) => order.indexOf(kinds[a]) - order.indexOf(kinds[b]))[0] ?? 'not-asked';
}
