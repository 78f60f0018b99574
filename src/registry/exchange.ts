import type { lookup as dnsLookup } from 'node:dns';
import type { ClientRequest, IncomingMessage } from 'node:http';
import https, { type Agent } from 'node:https';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ConnectionFault } from '../values/evidence.ts';
import { classifyFault, type Phase, timeoutFault } from './connection-fault.ts';
import { bareHost, type Check, guardedLookup, refusedAddress } from './guard.ts';
import { outOfTimeFault } from './not-asked.ts';
import type { Answer, Limits, Outgoing } from './transport.ts';

export type Outcome = { readonly answer: Answer } | { readonly fault: ConnectionFault };

export interface Means {
  readonly agent: Agent;
  readonly proxied: boolean;
  readonly check: Check;
  readonly resolve: typeof dnsLookup;
  readonly limits: Limits;
  /** Ends it, with `timeUp` as the reason. */
  readonly signal: AbortSignal;
  readonly timeUp: string;
  readonly headerBytes: number;
}

/** One request and its answer, in the limits given, which count from now. It never throws. */
export function exchange(outgoing: Outgoing, means: Means): Promise<Outcome> {
  return new Promise((settle) => {
    const { url, method, headers, bodyLimit } = outgoing;
    const { agent, proxied, check, limits, signal, headerBytes } = means;
    let phase: Phase = 'dns';
    let finished = false;
    let request: ClientRequest | undefined;
    const timers: NodeJS.Timeout[] = [];
    const finish = (outcome: Outcome) => {
      if (finished) return;
      finished = true;
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      request?.destroy();
      settle(outcome);
    };
    const expire = (milliseconds: number) => finish({ fault: timeoutFault(phase, proxied, milliseconds) });
    const abort = () => finish({ fault: outOfTimeFault(proxied ? 'proxy' : phase, means.timeUp) });
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });

    const hostname = bareHost(url);
    const refusal = isIP(hostname) ? check([hostname]) : null;
    if (refusal) return finish({ fault: refusal });
    const lookup = guardedLookup(means.resolve, check, (found) => {
      if (found) phase = 'connect';
    });

    timers.push(setTimeout(expire, limits.request, limits.request));
    const connecting = setTimeout(expire, limits.connect, limits.connect);
    timers.push(connecting);
    const secured = () => {
      phase = 'http';
      clearTimeout(connecting);
    };
    try {
      request = https.request(url, { method, headers, agent, lookup, maxHeaderSize: headerBytes });
    } catch (error) {
      return finish({ fault: unsendable(error) });
    }
    request.on('socket', (socket) => {
      if (request?.reusedSocket) return secured();
      const tlsSocket = socket as TLSSocket & { secureConnecting?: boolean };
      // What a proxy hands over is its tunnel, made.
      if (proxied) phase = 'tls';
      else socket.once('connect', () => (phase = 'tls'));
      if (tlsSocket.secureConnecting === false) secured();
      else tlsSocket.once('secureConnect', secured);
    });
    request.on('error', (error) => {
      const refused = (error as { fault?: ConnectionFault }).fault;
      finish({ fault: refused ?? classifyFault(error, phase, proxied && !request?.reusedSocket) });
    });
    request.on('response', (response) => readBody(response, bodyLimit, finish, () => phase));
    request.end();
  });
}

/** What Node will not write into a request, a line break in a header above all. Its words hold none of it. */
function unsendable(error: unknown): ConnectionFault {
  return { layer: 'http', code: refusedAddress, message: error instanceof Error ? error.message.slice(0, 300) : 'it cannot be sent' };
}

/** Of an error the words are wanted, also where no body is. */
const leastOfErrors = 4096;

function readBody(response: IncomingMessage, wanted: number, finish: (outcome: Outcome) => void, phase: () => Phase): void {
  const limit = (response.statusCode ?? 0) >= 400 ? Math.max(wanted, leastOfErrors) : wanted;
  const chunks: Buffer[] = [];
  let size = 0;
  const done = (truncated: boolean) =>
    finish({
      answer: { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).subarray(0, limit), truncated },
    });
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) done(true);
  });
  response.on('end', () => done(false));
  response.on('error', (error) => finish({ fault: classifyFault(error, phase(), false) }));
  if (limit === 0) done(true);
}
