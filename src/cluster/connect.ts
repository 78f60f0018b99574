import { clientOf } from './client.ts';
import type { Cluster, ConnectionFlags } from './cluster.ts';
import { credentialsFor } from './credentials/credentials.ts';
import { impersonationHeaders, userAgent } from './headers.ts';
import { readConnection } from './kubeconfig/connection.ts';
import { inClusterTarget } from './kubeconfig/in-cluster.ts';
import { type Environment, loadKubeconfig } from './kubeconfig/load.ts';
import { resolveTarget } from './kubeconfig/resolve.ts';
import { parseRequestTimeout } from './kubeconfig/timeout.ts';
import { reachedBy } from './reached-by.ts';
import { serverOf } from './transport/server.ts';

export interface ConnectOptions {
  readonly env: Environment;
  /** Takes what exec plugins and the server's warnings have to say. */
  stderr(text: string): void;
  /** Standard input is a terminal: exec plugins may then ask for something. */
  readonly isTTY: boolean;
  /** Ends reads and watches; writes still finish, so that cleaning up works. */
  readonly signal?: AbortSignal;
  /** For each request; --request-timeout may only shorten it. Default: one minute, as the API server's own. */
  readonly deadlineMilliseconds?: number;
  /** What is left for reads, asked for each once the login is over. */
  readonly leftMilliseconds?: () => number;
  /** Called for each different warning of the server, after it was shown. */
  readonly warned?: () => void;
  /** Largest answer that is read, in bytes. */
  readonly bodyLimit?: number;
  /** Of this program, for the User-Agent. */
  readonly version?: string;
  /** Called when a credential plugin takes long and has asked for nothing. */
  readonly loginWaits?: (plugin: string) => void;
  /** Called when the first request is on its way: the time for other work. */
  readonly onFirstRequest?: () => void;
}

const defaultDeadlineMilliseconds = 60_000;
const defaultBodyLimit = 64 * 1024 * 1024;

/**
 * Connects as kubectl would with the same flags, environment and files. Resolves before the connection stands: what goes wrong with it is
 * told to the first request.
 * @throws ConnectionError for a kubeconfig or flags that kubectl would refuse.
 */
export async function connect(flags: ConnectionFlags, options: ConnectOptions): Promise<Cluster> {
  const { stderr } = options;
  const env = flags.kuberc ? { ...options.env, KUBERC: flags.kuberc } : options.env;
  const target = resolveTarget(loadKubeconfig(flags.kubeconfig, env), flags, env);
  const connection = readConnection((target.isDefault && inClusterTarget(target, flags, env)) || target);
  const requestTimeout = parseRequestTimeout(flags.requestTimeout ?? '0');
  const closing = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;

  const credentials = credentialsFor(connection, {
    env,
    stderr,
    isTTY: options.isTTY,
    signal: closing.signal,
    loginWaits: options.loginWaits,
  });
  const server = serverOf(connection, env, options.onFirstRequest);
  credentials.current().then(
    ({ certificate }) => closing.signal.aborted || server.warm(certificate),
    () => {},
  );

  return clientOf({
    connection,
    reachedBy: reachedBy(flags),
    server,
    credentials,
    warn: onceEach((warning) => {
      stderr(`Warning: ${warning}\n`);
      options.warned?.();
    }),
    headers: {
      Accept: 'application/json',
      'User-Agent': userAgent(options.version ?? 'unknown'),
      ...(!connection.cluster.disableCompression && { 'Accept-Encoding': 'gzip' }),
      ...impersonationHeaders(connection.user),
    },
    timeoutMilliseconds: Math.min(requestTimeout || Number.POSITIVE_INFINITY, options.deadlineMilliseconds ?? defaultDeadlineMilliseconds),
    ...(options.leftMilliseconds && { leftMilliseconds: options.leftMilliseconds }),
    serverTimeoutMilliseconds: requestTimeout,
    bodyLimit: options.bodyLimit ?? defaultBodyLimit,
    signal,
    onClose: () => closing.abort(),
  });
}

function onceEach(show: (text: string) => void): (text: string) => void {
  const shown = new Set<string>();
  return (text) => {
    if (shown.has(text)) return;
    shown.add(text);
    // The server's text may not move the terminal's cursor.
    show(text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' '));
  };
}
