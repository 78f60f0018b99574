import { setTimeout as sleep } from 'node:timers/promises';
import type { Judged } from '../../causes/group/case.ts';
import { groupFailures } from '../../causes/group/group.ts';
import { ended, type GroupsStory, tellGroups } from '../../causes/watch/groups-story.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { checkNamespace } from '../../playbook/scan/namespace.ts';
import { sharingCluster } from '../../playbook/scan/sharing-cluster.ts';
import { registryAnswers } from '../../playbook/watch/registry-answers.ts';
import { scanSources } from '../../playbook/watch/scan-sources.ts';
import type { OverGroup } from '../../values/watch.ts';
import { CommandError } from '../program-errors.ts';
import type { ScanRequest, WatchRequest } from '../request.ts';
import { runClock } from '../run-clock.ts';
import { findAndJudge } from '../scan/find-and-judge.ts';
import { type ScanProgress, scanProgress } from '../scan/progress.ts';
import type { StatusLine } from '../status-line.ts';
import { endOf, timedOut } from './ending.ts';
import { howEnded } from './how-ended.ts';
import { loop, PoorerLook, type Watching } from './loop.ts';
import { scanKey, scanText } from './scan-text.ts';
import { screenFor } from './screen-for.ts';

interface Look {
  readonly judged: readonly Judged[];
  readonly over: readonly OverGroup[];
}

/** At most one part in so many of the time is spent on reading. */
const share = 4;
/** What no change tells of, such as a pull that goes on without a word, is looked for after so long. Milliseconds. */
const longestSilence = 240_000;

/**
 * `scan --watch`: the groups, again whenever a pull begins to fail or ceases to. It ends when none is left after there were some.
 * @returns the exit code
 * @throws what the first look throws
 */
export async function watchScan(
  cluster: Cluster,
  request: ScanRequest & { readonly watch: WatchRequest },
  status: StatusLine,
): Promise<number> {
  const end = endOf(request.watch.endsAfterMilliseconds, status.io.signal);
  const screen = screenFor(request.output, status);
  const watching = scanWatching(cluster, request, { ...status, io: { ...screen.io, signal: end.signal } });
  if (await loop(cluster, watching, screen, status, end.signal)) return 0;
  const left = watching.groupsLeft();
  if (!end.isUp() || left === 0) return 0;
  const words = `${left} ${left === 1 ? 'thing is' : 'things are'} still broken`;
  return timedOut(true, words, request.watch.endsAfterMilliseconds, request.exitCode, status.io);
}

function scanWatching(cluster: Cluster, request: ScanRequest, status: StatusLine): Watching<Look> & { groupsLeft(): number } {
  const { io } = status;
  const namespace = request.allNamespaces ? null : cluster.namespace;
  const scope = { namespace, selector: request.selector, node: request.node };
  const registry = registryAnswers();
  let story: GroupsStory | null = null;
  let [begun, lasted] = [0, 0];

  async function look(): Promise<Look> {
    const pause = begun + lasted * share - performance.now();
    if (pause > 0) await sleep(pause, undefined, { signal: io.signal }).catch(() => {});
    begun = performance.now();
    registry.nextRound();
    const clock = runClock(request.timeoutMilliseconds);
    const options = { registry: request.registry, registryCa: request.registryCa, leftMilliseconds: clock.left, env: io.env, now: io.now };
    const time = AbortSignal.any([io.signal, AbortSignal.timeout(request.timeoutMilliseconds)]);
    const progress = story === null ? scanProgress(status) : silent;
    const found = await findAndJudge(
      sharingCluster(cluster),
      request,
      options,
      { interrupted: io.signal, ended: time },
      progress,
      registry.collect,
    );
    if (found.unread > 0 && story !== null) throw new PoorerLook('not all failing pods could be read in time');
    const isUnseen = story === null && progress.seen() === 0 && request.targets.length === 0;
    if (isUnseen && namespace !== null) await checkNamespace(cluster, namespace);
    const over = await Promise.all(
      ended(story?.groups ?? [], groupFailures(found.judged)).map((group) => howEnded(cluster, group, io.now())),
    );
    lasted = performance.now() - begun;
    return { judged: found.judged, over };
  }

  return {
    look,
    groupsLeft: () => story?.groups.length ?? 0,
    async report({ judged, over }) {
      const groups = groupFailures(judged);
      const told = tellGroups(story, groups, over, io.now().toISOString());
      story = told;
      return { key: scanKey(told), draw: () => scanText(judged, told, request, io), isOver: told.watch.state === 'fixed' };
    },
    sources: async ({ judged }) => scanSources(scope, new Set(judged.map(({ evidence }) => evidence.pod.uid))),
    async lookAround() {
      const asked = request.registry ? await registry.recheck({ env: io.env, registryCa: request.registryCa, signal: io.signal }) : [];
      return asked.length > 0 || performance.now() - begun > longestSilence;
    },
    missing(error) {
      throw error;
    },
  };
}

const silent: ScanProgress = { seen: () => 0, finding: () => {}, reading: () => {}, interruption: () => '' };

/** @throws CommandError for what a watch of a scan cannot do */
export function refuseProbes({ probe }: ScanRequest): void {
  if (probe !== 'never')
    throw new CommandError('error: --probe=always and --watch cannot be used together: a watch would probe again and again');
}
