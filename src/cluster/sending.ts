import { toConnectionError } from './connection-error.ts';
import type { Identity } from './credentials/identity.ts';
import { cancelled, type Deadline, deadline } from './deadline.ts';
import { type Exchange, exchange, parseJson, type Wire } from './exchange.ts';
import type { Connection } from './kubeconfig/connection.ts';
import { apiErrorOfStatus } from './status.ts';
import { abortable } from './transport/abortable.ts';
import { readBody, readLines } from './transport/body.ts';
import { NetworkError } from './transport/network-error.ts';

/** The connection, the login, and the limits of what is asked over it. */
export interface Sending extends Wire {
  readonly connection: Connection;
  /** Per request; Infinity for none. */
  readonly timeoutMilliseconds: number;
  /** What is left for reads, asked for each once the login is over; writes have their own time, so that cleaning up works. */
  readonly leftMilliseconds?: () => number;
  /** Largest answer that is read, in bytes. */
  readonly bodyLimit: number;
  /** Ends reads and watches. Writes go on until their own deadline: a cleaning up must work after Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What one request is answered. @param isOwn it has a time of its own, and not the run's */
export function textOf(sending: Sending, sent: Exchange, limit: number, truncate: boolean, isOwn = sent.method !== 'GET'): Promise<string> {
  return run(sending, isOwn, async (identity, until) => readBody(await exchange(sending, sent, identity, until), limit, truncate));
}

/** Runs one request under a deadline, its body included. `isOwn`: not under the run's. */
async function run<T>(sending: Sending, isOwn: boolean, use: (identity: Identity, until: Deadline) => Promise<T>): Promise<T> {
  const { connection, server } = sending;
  const caller = isOwn ? undefined : sending.signal;
  const identity = await login(sending, caller);
  const left = (!isOwn && sending.leftMilliseconds?.()) || Number.POSITIVE_INFINITY;
  const until = deadline(Math.min(sending.timeoutMilliseconds, left), () => timedOut(server.connected), caller);
  try {
    return await use(identity, until);
  } catch (error) {
    throw toConnectionError(until.signal.aborted ? until.signal.reason : error, connection.url);
  } finally {
    until.clear();
  }
}

/** Before any deadline: a plugin may have to wait for somebody to log in. What it then says is known to the request as well. */
async function login({ connection, credentials }: Sending, caller: AbortSignal | undefined): Promise<Identity> {
  const known = credentials.current();
  try {
    return await (caller ? abortable(known, caller) : known);
  } catch (error) {
    throw toConnectionError(caller?.aborted ? cancelled(caller) : error, connection.url);
  }
}

/** The events of a watch, until the server or this signal ends it. */
export async function* eventsOf<T>(sending: Sending, sent: Exchange, path: string, ending: AbortSignal) {
  const until = deadline(Number.POSITIVE_INFINITY, () => new Error(), ending);
  try {
    const identity = await login(sending, ending);
    for await (const line of readLines(await exchange(sending, sent, identity, until), sending.bodyLimit)) {
      const event = parseJson<{ type: string; object: T }>(line, path);
      if (event.type === 'ERROR') throw apiErrorOfStatus(event.object as object, 500);
      yield event;
    }
  } catch (error) {
    if (!ending.aborted) throw toConnectionError(error, sending.connection.url);
  } finally {
    until.clear();
  }
}

/** net/http client.go; before a connection stands, and after. */
function timedOut(connected: boolean): NetworkError {
  const stage = connected ? 'request canceled' : 'request canceled while waiting for connection';
  return new NetworkError('timeout', `net/http: ${stage} (Client.Timeout exceeded while awaiting headers)`);
}
