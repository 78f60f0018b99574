import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Watcher {
  readonly query: URLSearchParams;
  send(type: string, object: object): void;
  end(): void;
}

/** An API server of one collection on loopback, whose watches the test feeds; it can be stopped, started again and told to refuse. */
export class WatchServer {
  items: object[] = [];
  version = 1;
  /** A status for the next requests, by kind; taken off as they are refused. */
  readonly refusals: { readonly kind: 'list' | 'watch'; readonly code: number; readonly headers?: Record<string, string> }[] = [];
  readonly lists: URLSearchParams[] = [];
  readonly watchers: Watcher[] = [];
  #server = createServer((request, response) => this.#answer(request, response));
  #port = 0;

  async start(): Promise<this> {
    this.#server = createServer((request, response) => this.#answer(request, response));
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const query = new URL(request.url ?? '/', this.url).searchParams;
    const kind = query.has('watch') ? 'watch' : 'list';
    if (kind === 'list') this.lists.push(query);
    const refusal = this.refusals.findIndex((refusal) => refusal.kind === kind);
    if (refusal >= 0) {
      const [{ code, headers = {} } = { code: 500 }] = this.refusals.splice(refusal, 1);
      response.writeHead(code, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ kind: 'Status', code, reason: 'Refused', message: `refused with ${code}` }));
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    if (kind === 'list')
      return void response.end(JSON.stringify({ metadata: { resourceVersion: String(this.version) }, items: this.items }));
    response.flushHeaders();
    this.watchers.push({
      query,
      send: (type, object) => void response.write(`${JSON.stringify({ type, object })}\n`),
      end: () => void response.end(),
    });
  }
}

/** Until it is so. @throws after twenty seconds */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const begun = performance.now();
  while (!isSo()) {
    if (performance.now() - begun > 20_000) throw new Error(`it did not come to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function object(name: string, resourceVersion: number, more: object = {}) {
  return { metadata: { name, uid: `uid-${name}`, resourceVersion: String(resourceVersion) }, ...more };
}
