import { setTimeout as sleep } from 'node:timers/promises';
import type { Judged } from '../../causes/group/case.ts';
import { groupFailures } from '../../causes/group/group.ts';
import { type Ending, ended, type GroupsStory, tellGroups } from '../../causes/watch/groups-story.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { collectRegistry } from '../../playbook/registry.ts';
import { sharingCluster } from '../../playbook/scan/sharing-cluster.ts';
import { groupEnd } from '../../playbook/watch/group-end.ts';
import { registryAnswers } from '../../playbook/watch/registry-answers.ts';
import { scanSources } from '../../playbook/watch/scan-sources.ts';
import { groupsSameness } from '../../report/watch/sameness.ts';
import type { CauseGroup } from '../../values/group.ts';
import { CommandError } from '../program-errors.ts';
import type { ScanRequest, WatchRequest } from '../request.ts';
import { runClock } from '../run-clock.ts';
import { findAndJudge } from '../scan/find-and-judge.ts';
import { doubtOf, unreadWords } from '../scan/print.ts';
import { type ScanProgress, scanProgress } from '../scan/progress.ts';
import type { StatusLine } from '../status-line.ts';
import { PoorerLook } from './attempts.ts';
import { scanText } from './scan-text.ts';
import { type Watch, watch } from './watch.ts';

interface Look {
  readonly judged: readonly Judged[];
  readonly groups: readonly CauseGroup[];
  readonly endings: readonly Ending[];
}

/** At most one part in so many of the time is spent on reading. */
const share = 5;
/** What no change tells of, such as a pull that goes on without a word, is looked for after so long. Milliseconds. */
const longestSilence = 240_000;

/**
 * `scan --watch`: the groups, again whenever a pull begins to fail or ceases to. It ends when none is left after there were some.
 * @returns the exit code
 * @throws what the first look throws
 */
export function watchScan(cluster: Cluster, request: ScanRequest & { readonly watch: WatchRequest }, status: StatusLine): Promise<number> {
  return watch(cluster, request, status, (own) => scanWatch(cluster, request, own));
}

function scanWatch(cluster: Cluster, request: ScanRequest, status: StatusLine): Watch<Look> {
  const { io } = status;
  const scope = { namespace: request.allNamespaces ? null : cluster.namespace, selector: request.selector, node: request.node };
  const registry = registryAnswers();
  let story: GroupsStory | null = null;
  let reported: ReadonlySet<string> = new Set();
  let [begun, lasted] = [0, 0];

  return {
    async look() {
      const pause = begun + lasted * share - performance.now();
      if (pause > 0) await sleep(pause, undefined, { signal: io.signal }).catch(() => {});
      begun = performance.now();
      registry.nextRound();
      const judged = await judgedNow(cluster, request, scope.namespace, status, registry.collect, story === null);
      const groups = groupFailures(judged);
      const endings = await Promise.all(
        ended(story, groups).map(async (group) => ({ group, end: await groupEnd(cluster, group.members) })),
      );
      lasted = performance.now() - begun;
      return { judged, groups, endings };
    },
    async report({ judged, groups, endings }) {
      const told = tellGroups(story, groups, endings, io.now().toISOString());
      story = told;
      return {
        key: groupsSameness(told.groups, told.watch),
        draw: () => scanText(judged, told, request, io),
        isOver: told.watch.state === 'fixed',
      };
    },
    async sources({ judged }) {
      // Of what is not pulled yet no pod is judged.
      reported = new Set([...judged.map(({ evidence }) => evidence.pod.uid), ...(story?.open.length ? reported : [])]);
      return scanSources(scope, reported, new Set(story?.open.flatMap(({ members }) => members.map(({ namespace }) => namespace))));
    },
    async lookAround() {
      const asked = request.registry ? await registry.recheck({ env: io.env, registryCa: request.registryCa, signal: io.signal }) : [];
      return asked.length > 0 || (story?.open.length ?? 0) > 0 || performance.now() - begun > longestSilence;
    },
    missing(error) {
      throw error;
    },
    left() {
      const { groups = [], open = [] } = story ?? {};
      if (groups.length > 0)
        return { isFailing: true, words: `${groups.length} ${groups.length === 1 ? 'thing is' : 'things are'} still broken` };
      return open.length > 0 ? { isFailing: false, words: 'not every image is there yet' } : null;
    },
  };
}

/** One look at all failing pods. What it cannot tell is said at the first; a later one that cannot tell all is none. @throws PoorerLook */
async function judgedNow(
  cluster: Cluster,
  request: ScanRequest,
  namespace: string | null,
  status: StatusLine,
  registry: typeof collectRegistry,
  isFirst: boolean,
): Promise<readonly Judged[]> {
  const { io } = status;
  const clock = runClock(request.timeoutMilliseconds);
  const options = { registry: request.registry, registryCa: request.registryCa, leftMilliseconds: clock.left, env: io.env, now: io.now };
  const ended = AbortSignal.any([io.signal, AbortSignal.timeout(request.timeoutMilliseconds)]);
  const progress = isFirst ? scanProgress(status) : silent;
  const { judged, unread } = await findAndJudge(
    sharingCluster(cluster),
    request,
    options,
    { interrupted: io.signal, ended },
    progress,
    registry,
  );
  if (unread > 0 && !isFirst) throw new PoorerLook('not all failing pods could be read in time');
  if (unread > 0) io.stderr.write(`warning: ${unreadWords(judged.length, unread)}\n`);
  const isUnseen = isFirst && request.targets.length === 0 && progress.seen() === 0;
  const doubt = isUnseen ? await doubtOf(cluster, namespace, request.node) : null;
  if (doubt !== null) io.stderr.write(`warning: ${doubt}\n`);
  return judged;
}

const silent: ScanProgress = { seen: () => 0, finding: () => {}, reading: () => {}, interruption: () => '' };

/** @throws CommandError for what a watch of a scan cannot do */
export function refuseProbes({ probe }: ScanRequest): void {
  if (probe !== 'never')
    throw new CommandError('error: --probe=always and --watch cannot be used together: a watch would probe again and again');
}
