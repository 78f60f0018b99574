import { Agent, request as httpRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Incoming, Link, Outgoing } from './transport.ts';
import { proxyAuthorization } from './tunnel.ts';

/** Requests side by side, apart from watches, which get a connection each. */
const connectionLimit = 4;

export interface Http1Options {
  readonly url: URL;
  /** Set where the requests themselves go to a proxy: an `http://` server behind an HTTP proxy. */
  readonly forwardProxy: URL | null;
  /** A connection that is open already, used first. */
  readonly first: Duplex;
  readonly open: () => Promise<Duplex>;
}

/** HTTP/1.1 over kept-alive connections: for `http://` servers, and where server or proxy know no HTTP/2. */
export function http1Link({ url, forwardProxy, first, open }: Http1Options): Link {
  let waiting: Duplex | null = first;
  const take = (): Promise<Duplex> => {
    const socket = waiting;
    waiting = null;
    return socket && !socket.destroyed ? Promise.resolve(socket) : open();
  };
  const withSockets = (agent: Agent) =>
    Object.assign(agent, {
      createConnection: (_options: unknown, done: (error: Error | null, socket?: Duplex) => void) => {
        take().then(
          (socket) => done(null, socket),
          (error: Error) => done(error),
        );
      },
    });
  const pooled = withSockets(new Agent({ keepAlive: true, maxSockets: connectionLimit }));
  const streaming = withSockets(new Agent({ keepAlive: false }));
  const authorization = forwardProxy && proxyAuthorization(forwardProxy);
  return {
    closed: false,
    send: (outgoing: Outgoing) =>
      new Promise<Incoming>((resolve, reject) => {
        const request = httpRequest({
          agent: outgoing.streams ? streaming : pooled,
          method: outgoing.method,
          path: forwardProxy ? `${url.origin}${outgoing.path}` : outgoing.path,
          headers: {
            Host: url.host,
            ...headerLists(outgoing.headers),
            ...(authorization && { 'Proxy-Authorization': authorization }),
            ...(outgoing.body !== null && { 'Content-Length': Buffer.byteLength(outgoing.body) }),
          },
          signal: outgoing.signal,
        });
        request.on('error', reject);
        request.on('response', (response) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response }));
        request.end(outgoing.body ?? undefined);
      }),
    close() {
      waiting?.destroy();
      pooled.destroy();
      streaming.destroy();
    },
  };
}

function headerLists(headers: Outgoing['headers']): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]));
}
