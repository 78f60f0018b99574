import { channel } from 'node:diagnostics_channel';
import { type SentRequest, sentRequests } from '../values/sent-request.ts';
import { type ApiError, ConnectionError } from './cluster.ts';
import { isDropped } from './connection-error.ts';
import type { Credentials, Identity } from './credentials/identity.ts';
import { type Deadline, sleep } from './deadline.ts';
import { requireValidHeaders } from './headers.ts';
import type { Connection } from './kubeconfig/connection.ts';
import { apiErrorOf } from './status.ts';
import { abortable } from './transport/abortable.ts';
import { readBody } from './transport/body.ts';
import type { Server } from './transport/server.ts';
import type { Incoming, Outgoing } from './transport/transport.ts';

/** As often as a client of this kind needs; client-go goes to ten (client-go: rest/request.go maxRetries). */
const retryLimit = 4;
const errorBodyLimit = 1024 * 1024;

export interface Exchange {
  readonly method: Outgoing['method'];
  readonly path: string;
  readonly headers: Outgoing['headers'];
  readonly body: string | null;
  readonly streams: boolean;
}

export interface Wire {
  readonly connection: Pick<Connection, 'url'>;
  readonly server: Server;
  readonly credentials: Credentials;
  /** Shows warnings of the server. */
  readonly warn: (warning: string) => void;
}

/**
 * Sends a request and hands over the answer when it is a good one. Repeats it where the server asks for that with Retry-After on 429 or
 * 5xx, where a read lost its connection, and once with new credentials after a 401.
 * @throws ApiError for an answer that is a failure; what the transport throws otherwise.
 */
export async function exchange(wire: Wire, request: Exchange, first: Identity, until: Deadline): Promise<Incoming> {
  let identity = first;
  for (let attempt = 0; ; attempt++) {
    const headers = identity.authorization === null ? request.headers : { ...request.headers, Authorization: identity.authorization };
    requireValidHeaders(headers);
    let incoming: Incoming;
    try {
      incoming = await send(wire, { ...request, headers, signal: until.signal }, identity);
    } catch (error) {
      if (until.signal.aborted) throw until.signal.reason;
      if (request.method !== 'GET' || attempt >= retryLimit || !isDropped(error)) throw error;
      if (attempt > 0) await sleep(Math.min(1000, Math.max(0, until.remainingMilliseconds() - 1)), until.signal);
      continue;
    }
    for (const warning of warningsOf(incoming)) wire.warn(warning);
    if (incoming.status >= 200 && incoming.status < 300) return incoming;
    const failure = await failureOf(incoming);
    if (incoming.status === 401 && attempt === 0 && wire.credentials.refuse(identity)) {
      identity = await abortable(wire.credentials.current(), until.signal);
      continue;
    }
    const wait = retryAfterMilliseconds(incoming);
    if (wait === null || attempt >= retryLimit || wait >= until.remainingMilliseconds()) throw failure;
    await sleep(wait, until.signal);
  }
}

const sent = channel(sentRequests);

/** One request, told to who listens. Its address has no login: that of the server's is left out. */
async function send({ server, connection }: Wire, outgoing: Outgoing, { certificate }: Identity): Promise<Incoming> {
  if (!sent.hasSubscribers) return server.send(outgoing, certificate);
  const begun = performance.now();
  let status: number | null = null;
  try {
    const incoming = await server.send(outgoing, certificate);
    status = incoming.status;
    return incoming;
  } finally {
    const { method, path } = outgoing;
    sent.publish({ method, url: `${connection.url.origin}${path}`, status, milliseconds: performance.now() - begun } satisfies SentRequest);
  }
}

async function failureOf(incoming: Incoming): Promise<ApiError> {
  return apiErrorOf(incoming.status, await readBody(incoming, errorBodyLimit, true));
}

/** Only 429 and 5xx, and only whole seconds (client-go: rest/with_retry.go). */
function retryAfterMilliseconds({ status, headers }: Incoming): number | null {
  const value = headers['retry-after'];
  if ((status !== 429 && status < 500) || typeof value !== 'string' || !/^\d+$/.test(value)) return null;
  return Number(value) * 1000;
}

/** The texts of `Warning: 299 - "…"` headers (RFC 7234 section 5.5; Kubernetes since 1.19). */
function warningsOf({ headers }: Incoming): string[] {
  const value = headers.warning;
  const joined = value === undefined ? '' : typeof value === 'string' ? value : value.join(', ');
  return [...joined.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}

/** Parses an answer. @throws ConnectionError for what is not JSON, which a captive portal or a wrong address sends. */
export function parseJson<T>(text: string, path: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new ConnectionError(
      'failed',
      `error: the answer of the server to ${path.split('?', 1)[0]} is not JSON: is it a Kubernetes API server?`,
      {
        cause: error,
      },
    );
  }
}
