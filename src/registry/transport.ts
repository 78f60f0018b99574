import { lookup as dnsLookup } from 'node:dns';
import http, { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https, { type Agent } from 'node:https';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ConnectionFault } from '../values/evidence.ts';
import type { AddressClass } from './address.ts';
import { classifyFault, type Phase, timeoutFault } from './connection-fault.ts';
import { bareHost, type Destination, guard, guardedLookup } from './guard.ts';
import { completeTrust, initialTrust, type Trust } from './trust.ts';

export interface Outgoing extends Destination {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the body that are read; the rest is dropped with the connection. 0: none is waited for. */
  readonly bodyLimit: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** More came than was read. */
  readonly truncated: boolean;
}

export type Reply = ({ readonly answer: Answer } | { readonly fault: ConnectionFault }) & { readonly milliseconds: number };

/** Sends requests over verified TLS, with deadlines and caps. It never throws. */
export interface Transport {
  send(outgoing: Outgoing): Promise<Reply>;
  close(): void;
}

export interface TransportOptions {
  /** For HTTPS_PROXY, NO_PROXY and their lower-case forms. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** PEM text of further trusted authorities. */
  readonly ca?: string | undefined;
  /** Ends every request. */
  readonly signal: AbortSignal;
  /** How names are resolved; the system's resolver unless told. */
  readonly lookup?: typeof dnsLookup;
  readonly limits?: Limits;
}

export interface Limits {
  /** Milliseconds until the connection is made and verified. */
  readonly connect: number;
  /** Milliseconds for a whole request, its body included. */
  readonly request: number;
}

const defaultLimits: Limits = { connect: 2500, request: 5000 };
const headerBytes = 16 * 1024;
const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];

export function createTransport(options: TransportOptions): Transport {
  const proxyEnv = Object.fromEntries(proxyVariables.flatMap((name) => (options.env[name] ? [[name, options.env[name]]] : [])));
  checkProxies(proxyEnv);
  const { signal, lookup = dnsLookup, limits = defaultLimits } = options;
  const means: Means = { signal, lookup, limits, homes: new Map() };
  let trust = initialTrust(options.ca);
  // Requests under way keep the agent that they began with.
  let agent = createAgent(trust, proxyEnv);
  const agents = [agent];

  const send = async (outgoing: Outgoing): Promise<Reply> => {
    const used = trust;
    const reply = await sendOnce(outgoing, agent, means);
    if (!('fault' in reply) || reply.fault.code !== 'unknown-authority' || used.complete) return reply;
    if (!trust.complete) {
      trust = completeTrust(trust);
      agent = createAgent(trust, proxyEnv);
      agents.push(agent);
    }
    return sendOnce(outgoing, agent, means);
  };
  const close = () => {
    for (const agent of agents) agent.destroy();
  };
  return { send, close };
}

/** Node quotes a proxy's address that it cannot read, password and all: it must not get to see one. */
function checkProxies(proxyEnv: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(proxyEnv)) {
    if (/^https_proxy$/i.test(name) && value?.includes('://') && !URL.canParse(value))
      throw new Error(`${name} is not an address that can be read`);
  }
}

/** What every request of a transport shares. */
interface Means {
  readonly signal: AbortSignal;
  readonly lookup: typeof dnsLookup;
  readonly limits: Limits;
  /** Where the registries that were contacted are. */
  readonly homes: Map<string, AddressClass>;
}

function createAgent(trust: Trust, proxyEnv: Record<string, string | undefined>): Agent {
  const ca = trust.authorities ? { ca: [...trust.authorities] } : {};
  // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn it off.
  return new https.Agent({ keepAlive: true, maxSockets: 6, rejectUnauthorized: true, proxyEnv, ...ca });
}

async function sendOnce(outgoing: Outgoing, agent: Agent, means: Means): Promise<Reply> {
  const started = performance.now();
  const reply = await exchange(outgoing, agent, means);
  const plain = 'fault' in reply && reply.fault.code === 'handshake' && (await speaksPlainHttp(outgoing, means));
  const milliseconds = Math.round(performance.now() - started);
  if (!plain || !('fault' in reply)) return { ...reply, milliseconds };
  return { fault: { ...reply.fault, code: 'plain-http', message: 'it answers plain HTTP' }, milliseconds };
}

type Outcome = { readonly answer: Answer } | { readonly fault: ConnectionFault };

function exchange(outgoing: Outgoing, agent: Agent, means: Means): Promise<Outcome> {
  return new Promise((settle) => {
    const { url, method, headers } = outgoing;
    const { signal, limits, homes } = means;
    const hostname = bareHost(url);
    let phase: Phase = 'dns';
    // A name that is not looked up here is looked up by a proxy.
    let direct = isIP(hostname) !== 0;
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
    const expire = (milliseconds: number) => finish({ fault: timeoutFault(phase, !direct, milliseconds) });
    const abort = () => expire(Math.round(performance.now() - started));
    const started = performance.now();
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });

    const check = guard(outgoing, homes);
    const refusal = isIP(hostname) ? check([hostname]) : null;
    if (refusal) return finish({ fault: refusal });
    const lookup = guardedLookup(means.lookup, check, (found) => {
      direct = true;
      if (found) phase = 'connect';
    });

    timers.push(setTimeout(expire, limits.request, limits.request));
    const connecting = setTimeout(expire, limits.connect, limits.connect);
    timers.push(connecting);
    const secured = () => {
      phase = 'http';
      clearTimeout(connecting);
    };
    request = https.request(url, { method, headers, agent, lookup, maxHeaderSize: headerBytes });
    request.on('socket', (socket) => {
      if (request?.reusedSocket) return secured();
      const tlsSocket = socket as TLSSocket & { secureConnecting?: boolean };
      socket.once('connect', () => {
        phase = 'tls';
      });
      if (tlsSocket.secureConnecting === false) secured();
      else tlsSocket.once('secureConnect', secured);
    });
    request.on('error', (error) => {
      const refused = (error as { fault?: ConnectionFault }).fault;
      const viaProxy = !request?.reusedSocket && (!direct || cameFromElsewhere(error, hostname));
      finish({ fault: refused ?? classifyFault(error, phase, viaProxy) });
    });
    request.on('response', (response) => readBody(response, outgoing.bodyLimit, finish, () => phase));
    request.end();
  });
}

function readBody(response: IncomingMessage, limit: number, finish: (outcome: Outcome) => void, phase: () => Phase): void {
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

/** Asks the port in plain HTTP, with nothing of the user's in it, to tell a server without TLS from a broken one. */
function speaksPlainHttp(outgoing: Outgoing, { homes, lookup: resolve, signal }: Means): Promise<boolean> {
  return new Promise((settle) => {
    const { hostname, port } = outgoing.url;
    const lookup = guardedLookup(resolve, guard(outgoing, homes), () => {});
    const request = http.request({
      method: 'HEAD',
      hostname,
      port: port || 443,
      path: '/v2/',
      agent: false,
      lookup,
      timeout: 1000,
      signal,
      maxHeaderSize: headerBytes,
    });
    const finish = (plain: boolean) => {
      request.destroy();
      settle(plain);
    };
    request.on('response', () => finish(true));
    request.on('timeout', () => finish(false));
    request.on('error', () => finish(false));
    request.end();
  });
}

/** An address in figures is not looked up; that another one was dialled shows a proxy. */
function cameFromElsewhere(error: Error, hostname: string): boolean {
  const { address, port } = error as { readonly address?: string; readonly port?: number };
  return isIP(hostname) !== 0 && address !== undefined && port !== undefined && address !== hostname;
}
