import { isFailure } from '../../causes/group/case.ts';
import { judge } from '../../causes/judge.ts';
import type { SavedPod } from '../../playbook/saved/failing-pods.ts';
import { representatives } from '../../playbook/subject/failure-groups.ts';
import type { Evidence } from '../../values/evidence.ts';
import { pluginCommand } from '../../values/plugin-name.ts';
import type { Io } from '../io.ts';
import { print } from '../print.ts';
import { CommandError } from '../program-errors.ts';
import type { SavedRequest } from '../request.ts';
import { readSaved, type Saved } from '../saved/read-saved.ts';
import { evidenceOf, select } from '../saved/select.ts';
import { warnOfGaps } from '../saved/warnings.ts';
import { statusLine } from '../status-line.ts';

/** More reports than these nobody reads: a scan groups them. */
const mostReports = 10;

/** `why [POD] --from FILE`: the report of what was saved before, anywhere and without a cluster. */
export async function whySaved(request: SavedRequest, io: Io): Promise<number> {
  const status = statusLine(io);
  try {
    status.show(`Reading ${request.from === '-' ? 'standard input' : request.from}`);
    const saved = await readSaved(request.from, io);
    warnOfGaps(saved, status.io);
    const evidence = saved.evidence.length > 0 ? ofEvidence(saved, request) : await ofObjects(saved, request, status.io);
    if (evidence.length === 0) {
      status.io.stderr.write(`No failing image pulls found in ${saved.name}.\n`);
      return 0;
    }
    if (request.save) await (await import('../files.ts')).saveEvidence(request.save, evidence);
    return await print(evidence, request, status.io);
  } finally {
    status.clear();
  }
}

function ofEvidence({ evidence, name }: Saved, { target, namespace }: SavedRequest): readonly Evidence[] {
  const wanted = evidence.filter(
    ({ pod }) =>
      (namespace === undefined || pod.namespace === namespace) &&
      (target === undefined || (target.type === 'pod' ? pod.name === target.name : isOf(pod, target))),
  );
  if (wanted.length > 0) return wanted;
  const pods = evidence.map(({ pod }) => `${pod.namespace}/${pod.name}`);
  throw new CommandError(`error: ${name} holds evidence of other pods: ${pods.slice(0, 5).join(', ')}`);
}

function isOf({ owner }: Evidence['pod'], target: { readonly type: string; readonly name: string }): boolean {
  return owner !== null && owner.kind.toLowerCase() === target.type && owner.name === target.name;
}

/** Of many pods, one for each distinct failure. */
async function ofObjects(saved: Saved, { target, namespace, from }: SavedRequest, io: Io): Promise<readonly Evidence[]> {
  const { pods, named } = await select(saved, { targets: target === undefined ? [] : [target], namespace });
  const evidence = await evidenceOf(saved, distinct(pods).slice(0, mostReports));
  const left = distinct(pods).length - mostReports;
  if (left > 0) io.stderr.write(`${left} more pods fail in other ways: ${pluginCommand} scan --from ${from} groups them all.\n`);
  return named || pods.length === 1 ? evidence : evidence.filter((one) => judge(one).some(isFailure));
}

/** Pods that only their events tell of have no status to compare. */
function distinct(pods: readonly SavedPod[]): readonly { readonly pod: SavedPod; readonly standsFor: number }[] {
  if (pods.length < 2 || pods[0]?.origin === 'events') return pods.map((pod) => ({ pod, standsFor: 1 }));
  return representatives(pods.map((pod) => ({ pod, rollout: 0 })));
}
