import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** One request that a loopback server got. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly version: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Common name of the client's certificate. */
  readonly client: string | undefined;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: unknown;
}

export type Handler = (
  request: Received,
  response: ServerResponse | Http2ServerResponse,
) => Answer | undefined | Promise<Answer | undefined>;

export interface Loopback {
  readonly url: string;
  readonly port: number;
  readonly requests: Received[];
  /** Connections accepted so far. */
  connections(): number;
  /** Cuts all connections. */
  cut(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface LoopbackOptions {
  /** Which certificate to show; `none`: plain HTTP. */
  readonly certificate?: 'server' | 'expired' | 'wrong-name' | 'none';
  /** false: HTTP/1.1 only. */
  readonly http2?: boolean;
}

export const fixturePath = (name: string) => new URL(`fixtures/${name}`, import.meta.url).pathname;
export const fixture = (name: string) => readFileSync(fixturePath(name));
export const fixtureData = (name: string) => fixture(name).toString('base64');

/** A server on loopback that notes what it is asked, and answers as `handler` says: 200 and `{}` where that says nothing. */
export async function loopback(handler: Handler = () => ({}), options: LoopbackOptions = {}): Promise<Loopback> {
  const requests: Received[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const onRequest = async (request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const socket = (request as Http2ServerRequest).stream?.session?.socket ?? request.socket;
    const received: Received = {
      method: request.method ?? '',
      url: request.url ?? '',
      version: request.httpVersion,
      headers: request.headers,
      client: subjectOf(socket as TLSSocket),
      body: Buffer.concat(chunks).toString(),
    };
    requests.push(received);
    const answer = await handler(received, response);
    if (answer === undefined) return;
    (response as ServerResponse).writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    const { body = {} } = answer;
    (response as ServerResponse).end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  };
  const { certificate = 'server' } = options;
  const server = listener(options, (request, response) => void onRequest(request, response));
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('secureConnection', (socket: TLSSocket) => void socket.on('error', () => {}));
  server.on('sessionError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `${certificate === 'none' ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    cut,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}

type OnRequest = (request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse) => void;

function listener({ certificate = 'server', http2 = true }: LoopbackOptions, onRequest: OnRequest): Server {
  if (certificate === 'none') return createHttpServer(onRequest);
  const tls = {
    cert: fixture(`${certificate}.pem`),
    key: fixture(`${certificate}.key`),
    ca: fixture('ca.pem'),
    requestCert: true,
    rejectUnauthorized: false,
  };
  return http2 ? createSecureServer({ ...tls, allowHTTP1: true }, onRequest) : createHttpsServer(tls, onRequest);
}

function subjectOf(socket: TLSSocket): string | undefined {
  const name = socket.getPeerCertificate?.()?.subject?.CN;
  return typeof name === 'string' ? name : name?.[0];
}

export function status(code: number, reason: string, message: string): Answer {
  return { status: code, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message } };
}
