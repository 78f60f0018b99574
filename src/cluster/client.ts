import type { Cluster, GetOptions, Query } from './cluster.ts';
import { toConnectionError } from './connection-error.ts';
import type { Identity } from './credentials/identity.ts';
import { cancelled, type Deadline, deadline } from './deadline.ts';
import { type Exchange, exchange, parseJson, type Wire } from './exchange.ts';
import type { Connection } from './kubeconfig/connection.ts';
import { apiErrorOfStatus } from './status.ts';
import { abortable } from './transport/abortable.ts';
import { readBody, readLines } from './transport/body.ts';
import { NetworkError } from './transport/network-error.ts';

export interface ClientOptions extends Wire {
  readonly connection: Connection;
  readonly reachedBy: readonly string[];
  /** Sent with every request. */
  readonly headers: Exchange['headers'];
  /** Per request; Infinity for none. */
  readonly timeoutMilliseconds: number;
  /** What is left for reads, asked for each once the login is over; writes have their own time, so that cleaning up works. */
  readonly leftMilliseconds?: () => number;
  /** --request-timeout, which kubectl also tells the server; 0 where it was not given. */
  readonly serverTimeoutMilliseconds: number;
  /** Largest answer that is read, in bytes. */
  readonly bodyLimit: number;
  /** Ends reads and watches. Writes go on until their own deadline: a cleaning up must work after Ctrl-C. */
  readonly signal: AbortSignal;
  readonly onClose: () => void;
}

const textLimit = 1024 * 1024;

/** A Cluster over a connection that behaves as kubectl's. */
export function clientOf(options: ClientOptions): Cluster {
  const { connection, server, bodyLimit } = options;

  /** Runs one request under a deadline, its body included. `isOwn`: not under the run's. */
  async function run<T>(isOwn: boolean, use: (identity: Identity, until: Deadline) => Promise<T>): Promise<T> {
    const caller = isOwn ? undefined : options.signal;
    const identity = await login(caller);
    const left = (!isOwn && options.leftMilliseconds?.()) || Number.POSITIVE_INFINITY;
    const until = deadline(Math.min(options.timeoutMilliseconds, left), () => timedOut(server.connected), caller);
    try {
      return await use(identity, until);
    } catch (error) {
      throw toConnectionError(until.signal.aborted ? until.signal.reason : error, connection.url);
    } finally {
      until.clear();
    }
  }

  /** Before any deadline: a plugin may have to wait for somebody to log in. What it then says is known to the request as well. */
  async function login(caller: AbortSignal | undefined): Promise<Identity> {
    const known = options.credentials.current();
    try {
      return await (caller ? abortable(known, caller) : known);
    } catch (error) {
      throw toConnectionError(caller?.aborted ? cancelled(caller) : error, connection.url);
    }
  }

  function request(method: Exchange['method'], path: string, query: Query = {}, body: unknown = undefined): Exchange {
    return {
      method,
      path: requestPath(connection.url, path, withTimeout(query, options.serverTimeoutMilliseconds)),
      headers: { ...options.headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
      streams: false,
    };
  }

  function text(sent: Exchange, limit: number, truncate: boolean, isOwn = sent.method !== 'GET'): Promise<string> {
    return run(isOwn, async (identity, until) => readBody(await exchange(options, sent, identity, until), limit, truncate));
  }

  return {
    server: connection.server,
    namespace: connection.namespace,
    reachedBy: options.reachedBy,
    async get<T>(path: string, query?: Query, { accept, cleansUp }: GetOptions = {}) {
      const plain = request('GET', path, query);
      const sent = accept === undefined ? plain : { ...plain, headers: { ...plain.headers, Accept: accept } };
      return parseJson<T>(await text(sent, bodyLimit, false, cleansUp), path);
    },
    getText(path, query, limit = textLimit) {
      const plain = request('GET', path, query);
      return text({ ...plain, headers: { ...plain.headers, Accept: 'application/json, */*' } }, limit, true);
    },
    create: async <T>(path: string, body: unknown, query?: Query) =>
      parseJson<T>(await text(request('POST', path, query, body), bodyLimit, false), path),
    async delete(path, query) {
      await text(request('DELETE', path, query), bodyLimit, true);
    },
    async *watch<T>(path: string, query: Query, signal: AbortSignal, { accept }: GetOptions = {}) {
      const ending = AbortSignal.any([signal, options.signal]);
      const until = deadline(Number.POSITIVE_INFINITY, () => new Error(), ending);
      const plain = request('GET', path, { ...query, watch: true });
      const headers = accept === undefined ? plain.headers : { ...plain.headers, Accept: accept };
      const sent = { ...plain, headers, streams: true };
      try {
        const identity = await login(ending);
        for await (const line of readLines(await exchange(options, sent, identity, until), bodyLimit)) {
          const event = parseJson<{ type: string; object: T }>(line, path);
          if (event.type === 'ERROR') throw apiErrorOfStatus(event.object as object, 500);
          yield event;
        }
      } catch (error) {
        if (!ending.aborted) throw toConnectionError(error, connection.url);
      } finally {
        until.clear();
      }
    },
    close() {
      options.onClose();
      server.close();
    },
  };
}

/** net/http client.go; before a connection stands, and after. */
function timedOut(connected: boolean): NetworkError {
  const stage = connected ? 'request canceled' : 'request canceled while waiting for connection';
  return new NetworkError('timeout', `net/http: ${stage} (Client.Timeout exceeded while awaiting headers)`);
}

/** A path in the server's address, as that of a Rancher proxy, comes first. */
function requestPath(url: URL, path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.append(name, String(value));
  const search = parameters.size > 0 ? `?${parameters}` : '';
  return `${url.pathname.replace(/\/$/, '')}${path.replace(/[^\u0021-\u007e]+/g, encodeURIComponent)}${search}`;
}

function withTimeout(query: Query, milliseconds: number): Query {
  return milliseconds > 0 ? { timeout: `${milliseconds / 1000}s`, ...query } : query;
}
