import type { ReportPod } from '../values/report.ts';
import { count, list } from './human.ts';

/** `Fails on 2 of 5 nodes, node1 and node4: these and none of the others have kubernetes.io/arch=arm64`; null: nothing to say. */
export function nodesLine({ nodesApart }: ReportPod): string | null {
  if (nodesApart === undefined) return null;
  const { failing, fine, apart } = nodesApart;
  const traits = apart.map(({ what, value }) => (what.includes('/') ? `${what}=${value}` : `${what} ${value}`));
  const told =
    traits.length === 0
      ? ''
      : `: ${failing.length === 1 ? 'it' : 'these'} and none of the others ${failing.length === 1 ? 'has' : 'have'} ${list(traits)}`;
  return `Fails on ${failing.length} of ${count(failing.length + fine.length, 'node')} that this workload runs on, ${list(failing)}${told}`;
}
