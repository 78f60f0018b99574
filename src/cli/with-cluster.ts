import type { Cluster, ConnectionFlags } from '../cluster/cluster.ts';
import { connect } from '../cluster/connect.ts';
import { escapeText } from '../report/escape.ts';
import type { Io } from './io.ts';
import { packageVersion } from './resources.ts';
import type { RunClock } from './run-clock.ts';

interface OpenOptions {
  /** No request takes longer. */
  readonly timeoutMilliseconds: number;
  /** The time of the whole run, for commands whose reads are few: a scan reads for as long as there are pods. */
  readonly clock?: RunClock;
  /** Called when the first request is on its way: the time to load what is needed later. */
  readonly onFirstRequest?: () => void;
}

/**
 * Connects for a command, and closes the connection after it.
 * @returns the command's exit code, or 1 where the server's warnings are to count as errors (kubectl's --warnings-as-errors)
 * @throws ConnectionError for a kubeconfig or flags that kubectl would refuse, and what the command throws
 */
export async function withCluster(
  flags: ConnectionFlags,
  io: Io,
  { timeoutMilliseconds, clock, onFirstRequest }: OpenOptions,
  command: (cluster: Cluster) => Promise<number>,
): Promise<number> {
  let warnings = 0;
  const cluster = await connect(flags, {
    env: io.env,
    stderr: (text) => io.stderr.write(text),
    warned: () => {
      warnings++;
    },
    isTTY: io.stdin.isTTY,
    loginWaits: (plugin) => io.stderr.write(`Waiting for the login plugin ${escapeText(plugin)} (Ctrl-C ends it, --timeout does not)\n`),
    signal: io.signal,
    deadlineMilliseconds: timeoutMilliseconds,
    version: packageVersion(),
    ...(clock && { leftMilliseconds: clock.left }),
    ...(onFirstRequest && { onFirstRequest }),
  });
  try {
    const code = await command(cluster);
    if (!flags.warningsAsErrors || warnings === 0) return code;
    io.stderr.write(`error: ${warnings} ${warnings === 1 ? 'warning' : 'warnings'} received\n`);
    return 1;
  } finally {
    cluster.close();
  }
}
