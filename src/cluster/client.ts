import type { Cluster, GetOptions, Query } from './cluster.ts';
import { type Exchange, parseJson } from './exchange.ts';
import { eventsOf, type Sending, textOf } from './sending.ts';

export interface ClientOptions extends Sending {
  readonly reachedBy: readonly string[];
  /** Sent with every request. */
  readonly headers: Exchange['headers'];
  /** --request-timeout, which kubectl also tells the server; 0 where it was not given. */
  readonly serverTimeoutMilliseconds: number;
  readonly onClose: () => void;
}

const textLimit = 1024 * 1024;

/** A Cluster over a connection that behaves as kubectl's. */
export function clientOf(options: ClientOptions): Cluster {
  const { connection, bodyLimit } = options;
  return {
    server: connection.server,
    namespace: connection.namespace,
    reachedBy: options.reachedBy,
    async get<T>(path: string, query?: Query, { accept, cleansUp }: GetOptions = {}) {
      const sent = accepting(accept, requestOf(options, 'GET', path, query));
      return parseJson<T>(await textOf(options, sent, bodyLimit, false, cleansUp), path);
    },
    getText(path, query, limit = textLimit) {
      return textOf(options, accepting('application/json, */*', requestOf(options, 'GET', path, query)), limit, true);
    },
    async create<T>(path: string, body: unknown, query?: Query) {
      return parseJson<T>(await textOf(options, requestOf(options, 'POST', path, query, body), bodyLimit, false), path);
    },
    async delete(path, query) {
      await textOf(options, requestOf(options, 'DELETE', path, query), bodyLimit, true);
    },
    watch<T>(path: string, query: Query, signal: AbortSignal, { accept }: GetOptions = {}) {
      const sent = accepting(accept, requestOf(options, 'GET', path, { ...query, watch: true }));
      return eventsOf<T>(options, { ...sent, streams: true }, path, AbortSignal.any([signal, options.signal]));
    },
    close() {
      options.onClose();
      options.server.close();
    },
  };
}

function requestOf(
  { connection, headers, serverTimeoutMilliseconds }: ClientOptions,
  method: Exchange['method'],
  path: string,
  query: Query = {},
  body: unknown = undefined,
): Exchange {
  return {
    method,
    path: requestPath(connection.url, path, withTimeout(query, serverTimeoutMilliseconds)),
    headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    streams: false,
  };
}

function accepting(accept: string | undefined, request: Exchange): Exchange {
  return accept === undefined ? request : { ...request, headers: { ...request.headers, Accept: accept } };
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
