import type { Target } from '../../playbook/subject/subject.ts';
import type { Owner } from '../../values/evidence.ts';
import { readTarget } from '../target.ts';
import { isUsageError } from '../usage-error.ts';

/** The workload that owned a pod, as if it had been named on the command line; null: none. */
export function ownerTarget(owner: Owner | null): Target | null {
  if (owner === null) return null;
  const target = readTarget([`${owner.kind.toLowerCase()}/${owner.name}`], '');
  return isUsageError(target) || target.type === 'other' || target.type === 'pod' ? null : target;
}
