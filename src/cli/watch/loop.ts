import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type Cluster, ConnectionError } from '../../cluster/cluster.ts';
import { SubjectError } from '../../playbook/subject/subject.ts';
import { followSources, type Source } from '../../playbook/watch/sources.ts';
import { clock } from '../../report/watch/words.ts';
import type { StatusLine } from '../status-line.ts';
import { connectionOf } from './connection.ts';
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
  /** There is nothing more to wait for. */
  readonly isOver: boolean;
}

/** Less could be read than a moment ago. */
export class PoorerLook extends Error {}

const longestPause = 10_000;

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
    lost: (error) => (error === null ? connection.back() : connection.lost(error)),
  });
  const begun = clock(screen.io.now());
  let shown: string | undefined;
  let failures = 0;
  try {
    while (!signal.aborted) {
      try {
        const look = await watching.look();
        if (signal.aborted) break;
        const report = await watching.report(look);
        failures = 0;
        connection.back();
        if (report.key !== shown) {
          changes.soon();
          await screen.draw(report.draw);
        }
        shown = report.key;
        if (report.isOver) return true;
        sources.use(await watching.sources(look));
        connection.idle(`Watching since ${begun}; Ctrl-C ends it`);
      } catch (error) {
        if (signal.aborted) break;
        if (shown === undefined || !isPassing(error)) throw error;
        if (error instanceof SubjectError) watching.missing(error);
        else connection.lost(error);
        await sleep(Math.min(longestPause, 1000 * 2 ** failures++), undefined, { signal }).catch(() => {});
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

function isPassing(error: unknown): boolean {
  return error instanceof SubjectError || error instanceof ConnectionError || error instanceof ApiError || error instanceof PoorerLook;
}
