import type { Evidence } from '../../values/evidence.ts';
import type { EvidenceLine } from '../../values/report.ts';

/** A line before its place in the ledger is known. */
export type Line = Omit<EvidenceLine, 'step'>;

/** What the API server says, at the time of the reading. */
export function cluster(evidence: Evidence, fact: string, source: string): Line {
  return { from: 'cluster', fact, source, at: evidence.collectedAt };
}
