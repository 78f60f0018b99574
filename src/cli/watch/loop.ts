import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../cluster/cluster.ts';
import type { SubjectError } from '../../playbook/subject/subject.ts';
import { followSources, type Source } from '../../playbook/watch/sources.ts';
import { timeOfDay } from '../../report/watch/words.ts';
import type { StatusLine } from '../status-line.ts';
import { attemptsOf } from './attempts.ts';
import { connectionOf, lostConnection } from './connection.ts';
import { news } from './news.ts';
import type { Draw, Screen } from './screen.ts';

/** What is watched: how to look at it, and what a look says. */
export interface Watching<Look> {
  /** @throws what stood in the way */
  look(): Promise<Look>;
  report(look: Look): Promise<Report>;
  /** Where changes are to be expected that make another look worth while. */
  sources(look: Look): Promise<readonly Source[]>;
  /** Looks at what nothing tells of. @returns whether another look is worth while */
  lookAround(): Promise<boolean>;
  /** What is watched was not there. @throws where it will not come back */
  missing(error: SubjectError): void;
}

export interface Report {
  /** Equal for reports that say the same. */
  readonly key: string;
  readonly draw: Draw;
  /** What is to be done once it is shown. @throws what ends the watch */
  drawn?(): Promise<void>;
  /** There is nothing more to wait for. */
  readonly isOver: boolean;
}

/**
 * follow → look → report → compare → draw, until it is over or the signal aborts. The first look must succeed; later ones are tried again.
 * @returns whether it is over
 * @throws what the first look throws, and what no further attempt would mend
 */
export async function loop<Look>(
  cluster: Cluster,
  watching: Watching<Look>,
  screen: Screen,
  status: StatusLine,
  signal: AbortSignal,
): Promise<boolean> {
  const connection = connectionOf(status, screen.io);
  const changes = news();
  const over = new AbortController();
  const sources = followSources(cluster, AbortSignal.any([signal, over.signal]), {
    changed: changes.ring,
    lost: (error) => connection.lost('sources', lostConnection(error)),
    recovered: () => connection.back('sources'),
  });
  const begun = timeOfDay(screen.io.now());
  const attempts = attemptsOf((error) => watching.missing(error), connection);
  let shown: string | undefined;

  /** @returns whether there is nothing more to wait for */
  async function once(): Promise<boolean> {
    const look = await watching.look();
    if (signal.aborted) return false;
    const report = await watching.report(look);
    attempts.succeeded();
    if (report.key !== shown) {
      changes.soon();
      await screen.draw(report.draw);
      await report.drawn?.();
    }
    shown = report.key;
    if (report.isOver) return true;
    sources.use(await watching.sources(look));
    connection.idle(`Watching since ${begun}; Ctrl-C ends it`);
    return false;
  }

  try {
    while (!signal.aborted) {
      try {
        if (await once()) return true;
      } catch (error) {
        if (signal.aborted) break;
        if (shown === undefined) throw error;
        await sleep(attempts.failed(error), undefined, { signal }).catch(() => {});
        changes.ring();
      }
      await changes.wait(signal, watching.lookAround);
    }
    return false;
  } finally {
    over.abort();
    status.clear();
    await screen.end();
  }
}
