import type { Fix } from '../../values/verdict.ts';

/** The fixes that there are: those that do not apply to the case are null. */
export function present(...fixes: readonly (Fix | null)[]): Fix[] {
  return fixes.filter((fix) => fix !== null);
}
