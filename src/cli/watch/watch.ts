import type { Cluster } from '../../cluster/cluster.ts';
import type { Printing, WatchRequest } from '../request.ts';
import type { StatusLine } from '../status-line.ts';
import { endOf, type Left, timedOut } from './ending.ts';
import { loop, type Watching } from './loop.ts';
import { screenFor } from './screen-for.ts';

export interface Watch<Look> extends Watching<Look> {
  /** What is not mended by now; null: nothing. */
  left(): Left | null;
}

/**
 * Reports until there is nothing more to wait for, the time is up, or the program is to end.
 * @param watchOf what is watched, told on these outputs; `inPlace`: a report takes the place of the one before
 * @returns the exit code
 * @throws what the first look throws, and what no further attempt would mend
 */
export async function watch<Look>(
  cluster: Cluster,
  request: Printing & { readonly watch: WatchRequest },
  status: StatusLine,
  watchOf: (status: StatusLine, inPlace: boolean) => Watch<Look>,
): Promise<number> {
  const end = endOf(request.watch.endsAfterMilliseconds, status.io.signal);
  const screen = screenFor(request.output, status);
  const watching = watchOf({ ...status, io: { ...screen.io, signal: end.signal } }, screen.inPlace);
  if (await loop(cluster, watching, screen, status, end.signal)) return 0;
  const left = end.isUp() ? watching.left() : null;
  return left === null ? 0 : timedOut(left, request.watch.endsAfterMilliseconds, request.exitCode, status.io);
}
