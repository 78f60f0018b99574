import { connect, constants } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Incoming, Link, Outgoing } from './transport.ts';

/** golang.org/x/net/http2: transportDefaultStreamFlow; with Node's 64 KiB large lists would wait for the round trip. */
const windowBytes = 4 * 1024 * 1024;

/** All requests over one connection, side by side (RFC 9113). */
export function http2Link(socket: Duplex, url: URL): Link {
  const session = connect(url.origin, { createConnection: () => socket, settings: { enablePush: false, initialWindowSize: windowBytes } });
  session.on('connect', () => session.setLocalWindowSize(4 * windowBytes));
  // Told to every request as well.
  session.on('error', () => {});
  session.on('goaway', () => session.close());
  return {
    get closed() {
      return session.closed || session.destroyed;
    },
    send: (request) =>
      new Promise<Incoming>((resolve, reject) => {
        const stream = session.request(
          {
            ...lowerCased(request.headers),
            [constants.HTTP2_HEADER_METHOD]: request.method,
            [constants.HTTP2_HEADER_PATH]: request.path,
            [constants.HTTP2_HEADER_AUTHORITY]: url.host,
          },
          { endStream: request.body === null, signal: request.signal },
        );
        stream.on('error', reject);
        stream.on('close', () => reject(Object.assign(new Error('stream closed before an answer'), { code: 'ERR_HTTP2_STREAM_CANCEL' })));
        stream.on('response', (headers) => resolve({ status: Number(headers[':status']), headers, body: stream }));
        if (request.body !== null) stream.end(request.body);
      }),
    close: () => session.destroy(),
  };
}

function lowerCased(headers: Outgoing['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), typeof value === 'string' ? value : [...value]]),
  );
}
