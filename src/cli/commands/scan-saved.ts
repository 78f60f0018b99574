import { isFailure, type Judged } from '../../causes/group/case.ts';
import { groupFailures } from '../../causes/group/group.ts';
import { judge } from '../../causes/judge.ts';
import type { SavedPod } from '../../playbook/saved/failing-pods.ts';
import type { Evidence } from '../../values/evidence.ts';
import type { Io } from '../io.ts';
import type { SavedScanRequest } from '../request.ts';
import { readSaved, type Saved } from '../saved/read-saved.ts';
import { clusterOf, evidenceOf, isCompared, select } from '../saved/select.ts';
import { refuseUnknownPlace } from '../saved/unknown-place.ts';
import { warnOfGaps } from '../saved/warnings.ts';
import { compared } from '../scan/find-and-judge.ts';
import { printScan } from '../scan/print.ts';
import { statusLine } from '../status-line.ts';

/** `scan --from FILE`: every failing pull that a file tells of, grouped by what is broken. Nothing is contacted. */
export async function scanSaved(request: SavedScanRequest, io: Io): Promise<number> {
  const status = statusLine(io);
  try {
    status.show(`Reading ${request.from === '-' ? 'standard input' : request.from}`);
    const saved = await readSaved(request.from, io, request.reachedBy);
    warnOfGaps(saved, status.io);
    const { evidence, pods } = await select(saved, request);
    const judged = [...evidence.map(judgeOne), ...(await ofObjects(saved, pods))];
    const failing = judged.filter(({ verdicts }) => verdicts.some(isFailure));
    if (failing.length === 0) refuseUnknownPlace(saved, request);
    const now = asOf(saved, failing, io);
    return await printScan(
      failing,
      groupFailures(failing),
      { ...request, namespace: request.namespace ?? null, doubt: null },
      { ...status.io, now },
    );
  } finally {
    status.clear();
  }
}

/** Ages are counted from when the file was made. */
function asOf({ objects }: Saved, judged: readonly Judged[], io: Io): () => Date {
  const newest = judged
    .map(({ evidence }) => evidence.collectedAt)
    .sort()
    .at(-1);
  if (newest === undefined) return objects.isEmpty ? io.now : () => objects.time;
  return () => new Date(newest);
}

function judgeOne(evidence: Evidence): Judged {
  return { evidence, verdicts: judge(evidence) };
}

/** Compared with what runs beside them in the file; evidence of --save says for itself what ran beside it. */
async function ofObjects(saved: Saved, pods: readonly SavedPod[]): Promise<readonly Judged[]> {
  if (pods.length === 0) return [];
  const evidence = await evidenceOf(
    saved,
    pods.map((pod) => ({ pod, standsFor: 1 })),
  );
  const judged = evidence.map(judgeOne);
  return isCompared(pods) ? judged : compared(clusterOf(saved), judged, null);
}
