import type { Judged } from '../../causes/group/case.ts';
import type { CauseGroup } from '../../values/group.ts';

/** One pod of each group, the one whose evidence is the best; a pod that stands for several groups comes once. */
export function examplesOf(groups: readonly CauseGroup[], judged: readonly Judged[]): readonly Judged[] {
  const found = groups.flatMap(
    ({ example }) => judged.find(({ evidence: { pod } }) => pod.namespace === example.namespace && pod.name === example.pod) ?? [],
  );
  return [...new Set(found)];
}
