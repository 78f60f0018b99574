import type { DescribeFacts, Evidence } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { find } from '../steps/finding.ts';
import { cluster, type Line } from './line.ts';

/** The state of the image's container, and why the pod has no node. */
export function describeLines(evidence: Evidence, facts: DescribeFacts, verdict: Verdict): Line[] {
  const pod = `pod/${evidence.pod.name}`;
  const container = find(facts.containers, verdict);
  const lines: Line[] = [];
  if (evidence.pod.unscheduled !== null) lines.push(cluster(evidence, evidence.pod.unscheduled, `${pod} status.conditions[PodScheduled]`));
  for (const node of evidence.pod.shortOfDisk ?? [])
    lines.push(cluster(evidence, 'tainted node.kubernetes.io/disk-pressure', `node/${node} spec.taints`));
  if (container === null) return lines;
  const node = (fact: string, path: string, at = evidence.collectedAt): void => {
    lines.push({ from: 'node', fact, source: `${pod} ${container.source}${path}`, at });
  };
  const { waiting, terminated } = container;
  if (waiting !== null) node(waiting.message === null ? waiting.reason : `${waiting.reason}: ${waiting.message}`, '.state.waiting');
  if (terminated !== null) {
    const words = [terminated.reason, terminated.message].filter((part) => part !== null).join(': ');
    node(`exit code ${terminated.exitCode}${words === '' ? '' : `, ${words}`}`, '.state.terminated', terminated.at ?? evidence.collectedAt);
  }
  if (container.running) node('running', '.state.running');
  if (container.imageId !== null) node(`image ID ${container.imageId}`, '.imageID');
  if (container.log !== null) node(container.log, ' log');
  return lines;
}
