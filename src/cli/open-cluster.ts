import type { Cluster, ConnectionFlags } from '../cluster/cluster.ts';
import { connect } from '../cluster/connect.ts';
import type { Io } from './io.ts';
import { packageVersion } from './resources.ts';

interface OpenOptions {
  /** Of the whole run; no request takes longer. */
  readonly timeoutMilliseconds: number;
  /** Called when there is first to be waited for the server: the time to load what is needed later. */
  readonly onHandshake?: () => void;
}

/** Connects for a command. @throws ConnectionError for a kubeconfig or flags that kubectl would refuse */
export function openCluster(flags: ConnectionFlags, io: Io, { timeoutMilliseconds, onHandshake }: OpenOptions): Promise<Cluster> {
  return connect(flags, {
    env: io.env,
    stderr: (text) => io.stderr.write(text),
    isTTY: io.stdin.isTTY,
    signal: io.signal,
    deadlineMilliseconds: timeoutMilliseconds,
    version: packageVersion(),
    ...(onHandshake && { onHandshake }),
  });
}
