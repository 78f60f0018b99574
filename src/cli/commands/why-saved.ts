import { isFailure } from '../../causes/group/case.ts';
import { judge } from '../../causes/judge.ts';
import type { SavedPod } from '../../playbook/saved/failing-pods.ts';
import { representatives } from '../../playbook/subject/failure-groups.ts';
import type { Evidence } from '../../values/evidence.ts';
import { pluginName } from '../../values/plugin-name.ts';
import { kubectlPlugin } from '../../words/kubectl.ts';
import type { Io } from '../io.ts';
import { print, printAndSave } from '../print.ts';
import { CommandError } from '../program-errors.ts';
import type { SavedRequest } from '../request.ts';
import { readSaved, type Saved } from '../saved/read-saved.ts';
import { evidenceOf, ofOthers, type Selected, select } from '../saved/select.ts';
import { refuseUnknownPlace } from '../saved/unknown-place.ts';
import { warnOfGaps } from '../saved/warnings.ts';
import { statusLine } from '../status-line.ts';

/** More reports than these nobody reads: a scan groups them. */
const mostReports = 10;

/** `why [POD] --from FILE`: the report of what was saved before, anywhere and without a cluster. */
export async function whySaved(request: SavedRequest, io: Io): Promise<number> {
  const status = statusLine(io);
  try {
    status.show(`Reading ${request.from === '-' ? 'standard input' : request.from}`);
    const saved = await readSaved(request.from, io, request.reachedBy);
    warnOfGaps(saved, status.io);
    const { target, namespace } = request;
    const selected = await select(saved, { targets: target === undefined ? [] : [target], namespace });
    const evidence = [...selected.evidence, ...(await ofObjects(saved, selected, request, status.io))];
    if (evidence.length === 0) return await nothingFound(saved, request, status.io);
    return await printAndSave(evidence, request, status.io);
  } finally {
    status.clear();
  }
}

/** A program that reads the answer gets an empty list; a person, one line. */
async function nothingFound(saved: Saved, request: SavedRequest, io: Io): Promise<number> {
  if (saved.objects.isEmpty) throw new CommandError(ofOthers(saved));
  refuseUnknownPlace(saved, request);
  if (request.output === 'json' || request.output === 'yaml') return print([], request, io);
  io.stderr.write(`No failing image pulls found in ${saved.name}.\n`);
  return 0;
}

/** Of many pods, one for each distinct failure. */
async function ofObjects(saved: Saved, { pods, named }: Selected, { from, reachedBy }: SavedRequest, io: Io): Promise<readonly Evidence[]> {
  const all = distinct(pods);
  const evidence = await evidenceOf(saved, all.slice(0, mostReports));
  const left = all.length - mostReports;
  if (left > 0) {
    const scan = kubectlPlugin(reachedBy, pluginName, 'scan', '--from', from === '-' ? 'FILE' : from);
    io.stderr.write(`${left} more pods may fail in other ways: ${scan} groups them all.\n`);
  }
  return named || pods.length === 1 ? evidence : evidence.filter((one) => judge(one).some(isFailure));
}

/** Pods that only their events tell of have no status to compare. */
function distinct(pods: readonly SavedPod[]): readonly { readonly pod: SavedPod; readonly standsFor: number }[] {
  if (pods.length < 2 || pods[0]?.origin === 'events') return pods.map((pod) => ({ pod, standsFor: 1 }));
  return representatives(pods.map((pod) => ({ pod, rollout: 0 })));
}
