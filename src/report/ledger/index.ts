import type { Evidence, Step } from '../../values/evidence.ts';
import type { EvidenceLine } from '../../values/report.ts';
import type { Verdict } from '../../values/verdict.ts';
import { cutMiddle, limits } from '../escape.ts';
import { describeObstacle, find } from '../steps/finding.ts';
import { describeLines } from './describe.ts';
import { eventLines } from './events.ts';
import type { Line } from './line.ts';
import { nodeLines } from './node.ts';
import { probeLines } from './probe.ts';
import { registryLines } from './registry.ts';
import { secretLines } from './secrets.ts';
import { specLines } from './spec.ts';

/**
 * Everything that is known about one image, each fact with the place it was read from and its time, in the order of the playbook; texts up
 * to 4096 characters.
 */
export function ledger(evidence: Evidence, verdict: Verdict): readonly EvidenceLine[] {
  const at = evidence.collectedAt;
  return [
    ...linesOf('describe', evidence.describe, at, (facts) => describeLines(evidence, facts, verdict)),
    ...linesOf('events', evidence.events, at, (facts) => eventLines(facts, verdict)),
    ...linesOf('spec', evidence.spec, at, (facts) => specLines(evidence, facts, verdict)),
    ...linesOf('secrets', evidence.secrets, at, (facts) => secretLines(evidence, facts, verdict)),
    ...linesOf('registry', evidence.registry, at, (facts) => registryLines(evidence, find(facts.images, verdict))),
    ...linesOf('probe', evidence.probe, at, (facts) => probeLines(evidence, facts, verdict)),
    ...linesOf('node', evidence.node, at, (facts) => nodeLines(evidence, facts, verdict)),
  ];
}

/** What stood in the way of a step is evidence too; a step that was skipped leaves no line. */
function linesOf<Facts>(
  step: EvidenceLine['step'],
  read: Step<Facts>,
  at: string,
  lines: (facts: Facts) => readonly Line[],
): EvidenceLine[] {
  if (read.outcome === 'skipped') return [];
  const from = step === 'registry' ? 'workstation' : 'cluster';
  const made = read.outcome === 'done' ? lines(read.facts) : [{ from, fact: describeObstacle(read.obstacle), source: step, at } as const];
  return made.map((line) => ({
    step,
    ...line,
    fact: cutMiddle(line.fact, limits.fact),
    source: cutMiddle(line.source, limits.sourceText),
  }));
}
