import type { ReportPod } from '../values/report.ts';
import { count } from '../words/amounts.ts';
import { list } from '../words/text.ts';

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

/** `2 pods wait for it: …`; null: none do. */
export function heldUpLine({ heldUp }: ReportPod): string | null {
  if (heldUp === undefined) return null;
  const one = heldUp.pods === 1;
  return heldUp.until === 'made'
    ? `${count(heldUp.pods, 'pod')} ${one ? 'waits' : 'wait'} for it: a StatefulSet makes its pods in order, each when the one before is ready`
    : `${count(heldUp.pods, 'pod')} ${one ? 'keeps' : 'keep'} the revision before until it is ready: a StatefulSet is updated from its highest ordinal down`;
}
