import { lookup as dnsLookup } from 'node:dns';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressClass } from '../values/address-class.ts';
import type { ConnectionFault } from '../values/evidence.ts';
import { turns } from '../values/turns.ts';
import { unpacked } from './content-encoding.ts';
import { exchange, type Outcome } from './exchange.ts';
import { type Destination, guard } from './guard.ts';
import { askInPlainHttp } from './plain-http.ts';
import { createRoutes, type Route } from './route.ts';
import { tellingRequests } from './telling.ts';
import { completeTrust, initialTrust } from './trust.ts';

export interface Outgoing extends Destination {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the body that are read; the rest is dropped with the connection. 0: none is waited for but of an error. */
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
  /** What to say of requests that the signal ended. */
  readonly timeUp?: string;
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
/** Requests to one server that are under way at a time: others wait for their turn, and their time begins with it. */
const atATime = 6;

export function createTransport(options: TransportOptions): Transport {
  const { signal, lookup: resolve = dnsLookup, limits = defaultLimits, timeUp = 'the time for it was over' } = options;
  const routes = createRoutes(options.env);
  const homes = new Map<string, AddressClass>();
  const telling = tellingRequests();
  const servers = new Map<string, ReturnType<typeof turns>>();
  let trust = initialTrust(options.ca);

  const ask = (outgoing: Outgoing, route: Route): Promise<Outcome> => {
    const { proxied } = route;
    const means = { agent: route.agent(trust), proxied, check: guard(outgoing, homes), resolve, limits, signal, timeUp, headerBytes };
    const { authorization } = outgoing.headers;
    return telling({ ...outgoing, authorization }, () => exchange(outgoing, means), statusOf);
  };

  const askTrusting = async (outgoing: Outgoing, route: Route): Promise<Outcome> => {
    const used = trust;
    const outcome = await ask(outgoing, route);
    if (!('fault' in outcome) || outcome.fault.code !== 'unknown-authority' || used.complete) return outcome;
    if (!trust.complete) trust = completeTrust(trust);
    return ask(outgoing, route);
  };

  const send = async (outgoing: Outgoing): Promise<Reply> => {
    const route = routes.to(outgoing.url);
    if ('fault' in route) return { ...route, milliseconds: 0 };
    const { origin } = outgoing.url;
    const turn = servers.get(origin) ?? turns(atATime);
    servers.set(origin, turn);
    return turn(async () => {
      const started = performance.now();
      const outcome = await explained(outgoing, await askTrusting(outgoing, route));
      const milliseconds = Math.round(performance.now() - started);
      return 'answer' in outcome
        ? { answer: await unpacked(outcome.answer, outgoing.bodyLimit), milliseconds }
        : { ...outcome, milliseconds };
    });
  };

  /**
   * Where the environment would have plain HTTP go through a proxy, the port cannot be asked: what lies behind the proxy is not for us to
   * reach.
   */
  const explained = async (outgoing: Outgoing, outcome: Outcome): Promise<Outcome> => {
    if (!('fault' in outcome) || outcome.fault.code !== 'handshake') return outcome;
    const { url } = outgoing;
    const plainly = new URL(`http://${url.hostname}:${url.port || 443}/v2/`);
    const routesOfBoth = [routes.to(url), routes.to(plainly)];
    if (routesOfBoth.some((route) => 'fault' in route || route.proxied)) return outcome;
    const probe = { url: plainly, check: guard(outgoing, homes), resolve, signal, headerBytes };
    const status = await telling(
      { method: 'HEAD', url: plainly },
      () => askInPlainHttp(probe),
      (answered) => answered,
    );
    return status !== null ? { fault: { ...outcome.fault, code: 'plain-http', message: 'it answers plain HTTP' } } : outcome;
  };

  return { send, close: routes.close };
}

function statusOf(outcome: Outcome): number | null {
  return 'answer' in outcome ? outcome.answer.status : null;
}
