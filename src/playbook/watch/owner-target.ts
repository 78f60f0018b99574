import type { Owner } from '../../values/evidence.ts';
import type { Target } from '../subject/subject.ts';
import { isWorkloadType } from '../subject/workload.ts';

/** The workload that owned a pod, as if it had been named on the command line; null: none that makes pods. */
export function ownerTarget(owner: Owner | null): Target | null {
  if (owner === null) return null;
  const type = owner.kind.toLowerCase();
  if (owner.group !== undefined) return { type: 'other', resource: `${type}.${owner.group}`, name: owner.name };
  return isWorkloadType(type) ? { type, name: owner.name } : null;
}
