import { groupFailures } from '../../causes/group/group.ts';
import type { CollectOptions } from '../../playbook/collect.ts';
import { sharingCluster } from '../../playbook/scan/sharing-cluster.ts';
import { readRegistryCa } from '../files.ts';
import type { Io } from '../io.ts';
import { CommandError } from '../program-errors.ts';
import type { ScanRequest, WatchRequest } from '../request.ts';
import { runClock } from '../run-clock.ts';
import { findAndJudge } from '../scan/find-and-judge.ts';
import { doubtOf, printScan } from '../scan/print.ts';
import { scanProgress } from '../scan/progress.ts';
import { type StatusLine, statusLine } from '../status-line.ts';
import { withCluster } from '../with-cluster.ts';

/** No request takes longer, however long the scan may. */
const longestRequestMilliseconds = 60_000;

/**
 * `scan`: which pulls fail, then the playbook for each of them, then what is broken. Interrupted, it ends at once and says how far it came;
 * where its time ends, what is known by then is the answer.
 */
export async function scan(request: ScanRequest, io: Io): Promise<number> {
  const ca = await readRegistryCa(request.registryCa);
  const status = statusLine(io);
  if (request.watch) return watched({ ...request, registryCa: ca, watch: request.watch }, status);
  const progress = scanProgress(status);
  const clock = runClock(request.timeoutMilliseconds);
  const timeoutMilliseconds = Math.min(request.timeoutMilliseconds, longestRequestMilliseconds);
  const limit = new AbortController();
  const ended = AbortSignal.any([io.signal, limit.signal]);
  // The login is over then.
  const onFirstRequest = () => void setTimeout(() => limit.abort(), clock.left()).unref();
  try {
    return await withCluster(request.connection, status.io, { timeoutMilliseconds, onFirstRequest }, async (direct) => {
      const cluster = sharingCluster(direct);
      io.signal.throwIfAborted();
      const options: CollectOptions = {
        registry: request.registry,
        registryCa: ca,
        leftMilliseconds: clock.left,
        env: io.env,
        now: io.now,
      };
      const { judged: read, unread } = await findAndJudge(cluster, request, options, { interrupted: io.signal, ended }, progress);
      const isProbing = request.probe !== 'never' && unread === 0;
      const judged = isProbing ? await (await import('../scan/probe.ts')).probeGroups(direct, read, status, clock.left()) : read;
      io.signal.throwIfAborted();
      const namespace = request.allNamespaces ? null : cluster.namespace;
      const isUnseen = request.targets.length === 0 && progress.seen() === 0 && judged.length === 0;
      const doubt = isUnseen ? await doubtOf(cluster, namespace, request.node) : null;
      return printScan(judged, groupFailures(judged), { ...request, namespace, doubt, unread }, status.io);
    });
  } catch (error) {
    if (isInterrupted(io.signal)) status.io.stderr.write(`${progress.interruption()}\n`);
    else if (limit.signal.aborted) throw new CommandError(progress.interruption('error: the time of --timeout is over'));
    throw error;
  } finally {
    status.clear();
  }
}

async function watched(request: ScanRequest & { readonly watch: WatchRequest }, status: StatusLine): Promise<number> {
  const { refuseProbes, watchScan } = await import('../watch/scan.ts');
  refuseProbes(request);
  const timeoutMilliseconds = Math.min(request.timeoutMilliseconds, longestRequestMilliseconds);
  return withCluster(request.connection, status.io, { timeoutMilliseconds }, (cluster) => watchScan(cluster, request, status));
}

/** The reasons of an abort are exit codes: those after SIGHUP, SIGINT and SIGTERM. */
const interruptions: ReadonlySet<unknown> = new Set([129, 130, 143]);

/** By a person or the system; where nobody reads the output any more there is nobody to tell. */
function isInterrupted({ aborted, reason }: AbortSignal): boolean {
  return aborted && interruptions.has(reason);
}
