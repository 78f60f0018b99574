import type { lookup as dnsLookup, LookupAddress } from 'node:dns';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { makeAuthority } from '../../scripts/demo/certificate.ts';
import type { Credential } from '../../src/image/keyring.ts';
import { inspectImage } from '../../src/registry/inspect-image.ts';
import { createTransport, type Limits } from '../../src/registry/transport.ts';
import type { Platform, Reference } from '../../src/values/evidence.ts';

export const authority = makeAuthority('Registry Test CA');
export const registryHost = 'registry.example.test';
const names = [
  registryHost,
  'auth.example.test',
  'example.test',
  'storage.other.test',
  'evil.other.test',
  'evilexample.test',
  'registry.example.test.other.test',
  '127.0.0.1',
];
const certificate = authority.issue(names);

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Seen {
  readonly host: string;
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
}

/** One TLS server on loopback that answers for all names of its certificate, and notes what each was sent. */
export interface Servers {
  readonly port: number;
  readonly seen: Seen[];
}

export type Hosts = (port: number) => Readonly<Record<string, Handler>>;

/** @param hosts handlers by host name, made once the port of them all is known */
export async function serve(t: TestContext, hosts: Hosts, options: https.ServerOptions = {}): Promise<Servers> {
  const seen: Seen[] = [];
  let handlers: Readonly<Record<string, Handler>> = {};
  const server = https.createServer({ cert: certificate.certificate, key: certificate.key, ...options }, (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    seen.push({ host, method: request.method ?? '', url: request.url ?? '', authorization: request.headers.authorization });
    response.on('error', () => {});
    const handler = handlers[host];
    if (handler) handler(request, response);
    else response.writeHead(404).end();
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  handlers = hosts(port);
  return { port, seen };
}

/** Every name is on loopback, but for those given. */
export function resolver(addresses: Readonly<Record<string, string>> = {}): typeof dnsLookup {
  const resolve = (hostname: string, _options: unknown, callback: (error: Error | null, addresses: LookupAddress[]) => void) => {
    if (hostname.startsWith('nxdomain.'))
      return callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }), []);
    setImmediate(() => callback(null, [{ address: addresses[hostname] ?? '127.0.0.1', family: 4 }]));
  };
  return resolve as unknown as typeof dnsLookup;
}

export interface Inspection {
  readonly port: number;
  readonly host?: string;
  readonly credentials?: readonly Credential[];
  readonly repository?: string;
  readonly tag?: string;
  readonly addresses?: Readonly<Record<string, string>>;
  readonly limits?: Limits;
  readonly ca?: string | undefined;
  readonly milliseconds?: number;
  /** null: it is not known. */
  readonly node?: Platform | null;
}

/** Inspects team/app:v2.1.3 with the real client. */
export async function inspect(inspection: Inspection) {
  const { port, host = registryHost, credentials = [], repository = 'team/app', tag = 'v2.1.3', milliseconds = 30_000 } = inspection;
  const reference: Reference = { registry: `${host}:${port}`, repository, tag, digest: null };
  const transport = createTransport({
    env: {},
    ca: 'ca' in inspection ? inspection.ca : authority.certificate,
    signal: AbortSignal.timeout(milliseconds),
    lookup: resolver(inspection.addresses),
    // Long enough for a machine that is busy: who waits for the end of them names shorter ones.
    limits: inspection.limits ?? { connect: 10_000, request: 10_000 },
  });
  try {
    return await inspectImage(
      transport,
      reference,
      credentials,
      inspection.node === undefined ? { os: 'linux', architecture: 'amd64' } : inspection.node,
    );
  } finally {
    transport.close();
  }
}

export function login(user: string, password: string, secret = 'regcred'): Credential {
  return { secret, key: registryHost, user, password };
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export const errors = (code: string, message = code.toLowerCase()) => ({ errors: [{ code, message }] });
