import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError, type Cluster, type Query } from '../../src/cluster/cluster.ts';

export interface Stored {
  metadata: { name: string; namespace?: string; uid?: string; labels?: Record<string, string>; creationTimestamp?: string };
  [key: string]: unknown;
}

interface Refusal {
  readonly method: string;
  readonly path: RegExp;
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

/** An API server on loopback over objects in memory: get, list with selectors and pages, watch, create with dry-run, delete. */
export class FakeApi {
  readonly log: string[] = [];
  readonly refusals: Refusal[] = [];
  readonly texts = new Map<string, string>();
  /** Called after each real creation: the kubelet of this API server. */
  onCreate: (path: string, object: Stored) => void = () => {};
  /** What admission has against an object. */
  deny: (object: Stored) => string | undefined = () => undefined;
  #objects = new Map<string, Stored>();
  #watchers = new Set<{ collection: string; query: URLSearchParams; response: ServerResponse }>();
  #server = createServer((incoming, response) => void this.#answer(incoming, response));
  #uids = 0;
  #port = 0;

  static async start(): Promise<FakeApi> {
    const api = new FakeApi();
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** As a server that is restarted: nobody is answered until `resume`. */
  async pause(): Promise<void> {
    const { port } = this.#server.address() as AddressInfo;
    this.#port = port;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async resume(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  put(collection: string, ...objects: Stored[]): void {
    for (const object of objects) {
      const path = `${collection}/${object.metadata.name}`;
      const type = this.#objects.has(path) ? 'MODIFIED' : 'ADDED';
      this.#objects.set(path, object);
      this.#tell(collection, type, object);
    }
  }

  remove(path: string): boolean {
    const object = this.#objects.get(path);
    this.#objects.delete(path);
    if (object) this.#tell(path.slice(0, path.lastIndexOf('/')), 'DELETED', object);
    return object !== undefined;
  }

  names(collection: string): string[] {
    return [...this.#objects.keys()].filter((path) => path.startsWith(`${collection}/`)).map((path) => path.slice(collection.length + 1));
  }

  refuse(method: string, path: RegExp, code: number, reason: string, message: string): void {
    this.refusals.push({ method, path, code, reason, message });
  }

  #tell(collection: string, type: string, object: Stored): void {
    for (const watcher of this.#watchers) {
      if (covers(watcher.collection, collection) && selects(watcher.query, object))
        watcher.response.write(`${JSON.stringify({ type, object })}\n`);
    }
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(incoming.url ?? '/', this.url);
    const method = query.has('watch') ? 'WATCH' : (incoming.method ?? 'GET');
    this.log.push(`${method} ${path}${query.has('dryRun') ? '?dryRun' : ''}`);
    const refusal = this.refusals.find((refusal) => refusal.method === method && refusal.path.test(path));
    if (refusal) return status(response, refusal.code, refusal.reason, refusal.message);
    if (method === 'POST') return this.#create(path, query, JSON.parse(await bodyOf(incoming)) as Stored, response);
    if (method === 'DELETE') return this.remove(path) ? json(response, {}) : status(response, 404, 'NotFound', `"${path}" not found`);
    const text = this.texts.get(path);
    if (text !== undefined) return void response.end(text);
    const object = this.#objects.get(path);
    if (object) return json(response, object);
    const isCollection =
      [...this.#objects.keys()].some((key) => key.startsWith(`${path}/`) && !key.slice(path.length + 1).includes('/')) ||
      /\/(pods|events|deployments|replicasets|statefulsets|daemonsets|jobs|cronjobs|replicationcontrollers|controllerrevisions|nodes)$/.test(
        path,
      );
    if (!isCollection) {
      const [plural, name] = path.split('/').slice(-2);
      return status(response, 404, 'NotFound', `${plural} "${name}" not found`);
    }
    const matching = [...this.#objects]
      .filter(([key, object]) => covers(path, key.slice(0, key.lastIndexOf('/'))) && selects(query, object))
      .map(([, object]) => object);
    if (method === 'WATCH') {
      response.writeHead(200).flushHeaders();
      const watcher = { collection: path, query, response };
      this.#watchers.add(watcher);
      response.on('close', () => this.#watchers.delete(watcher));
      for (const object of matching) response.write(`${JSON.stringify({ type: 'ADDED', object })}\n`);
      return;
    }
    const from = Number(query.get('continue') ?? 0);
    const limit = Number(query.get('limit') ?? matching.length);
    const next = from + limit < matching.length ? String(from + limit) : undefined;
    json(response, { metadata: { continue: next }, items: matching.slice(from, from + limit) });
  }

  #create(path: string, query: URLSearchParams, object: Stored, response: ServerResponse): void {
    const denial = this.deny(object);
    if (denial) {
      status(response, 403, 'Forbidden', `pods "${object.metadata.name}" is forbidden: ${denial}`);
      return;
    }
    const metadata = { ...object.metadata, uid: `uid-${++this.#uids}`, creationTimestamp: new Date().toISOString() };
    const created = { ...object, metadata };
    if (!query.has('dryRun')) {
      this.put(path, created);
      setImmediate(() => this.onCreate(path, created));
    }
    json(response, created, 201);
  }

  /** A connection of the kind that the playbook is given. */
  cluster(): Cluster {
    return {
      server: this.url,
      namespace: 'default',
      get: async <T>(path: string, query?: Query) => JSON.parse(await this.#send('GET', path, query)) as T,
      getText: (path, query) => this.#send('GET', path, query),
      create: async <T>(path: string, body: unknown, query?: Query) => JSON.parse(await this.#send('POST', path, query, body)) as T,
      delete: async (path, query) => void (await this.#send('DELETE', path, query)),
      watch: (path, query, signal) => this.#watch(path, query, signal),
      close: () => {},
    };
  }

  async #send(method: string, path: string, query: Query = {}, body?: unknown): Promise<string> {
    const response = await this.#open(method, path, query, undefined, body);
    const text = await bodyOf(response);
    if ((response.statusCode ?? 0) < 400) return text;
    const { code, reason, message } = JSON.parse(text);
    throw new ApiError(code, reason, message);
  }

  async *#watch<T>(path: string, query: Query, signal: AbortSignal): AsyncGenerator<{ type: string; object: T }> {
    const response = await this.#open('GET', path, { ...query, watch: true }, signal);
    if ((response.statusCode ?? 0) >= 400) throw new ApiError(response.statusCode ?? 0, 'Forbidden', await bodyOf(response));
    let rest = '';
    for await (const chunk of response) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line);
    }
  }

  #open(method: string, path: string, query: Query, signal?: AbortSignal, body?: unknown): Promise<IncomingMessage> {
    const url = new URL(path, this.url);
    for (const [key, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(key, String(value));
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, agent: false, ...(signal && { signal }) }, resolve);
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

/** `/api/v1/pods` holds the pods of every namespace. */
function covers(wanted: string, collection: string): boolean {
  return wanted === collection || collection.replace(/\/namespaces\/[^/]+/, '') === wanted;
}

function selects(query: URLSearchParams, object: Stored): boolean {
  return (
    [...terms(query.get('labelSelector'))].every((term) => holds(term, (key) => object.metadata.labels?.[key])) && fields(query, object)
  );
}

function fields(query: URLSearchParams, object: Stored): boolean {
  return terms(query.get('fieldSelector')).every((term) =>
    holds(term, (key) => {
      const value = key.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], object);
      return value === undefined ? undefined : String(value);
    }),
  );
}

function terms(selector: string | null): string[] {
  return selector ? selector.split(',') : [];
}

function holds(term: string, read: (key: string) => string | undefined): boolean {
  const [, key = '', operator, value] = /^([^!=]+)(!=|=)?(.*)$/.exec(term) ?? [];
  if (operator === undefined) return read(key) !== undefined;
  return operator === '=' ? read(key) === value : read(key) !== value;
}

async function bodyOf(stream: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

function json(response: ServerResponse, object: unknown, code = 200): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(object));
}

function status(response: ServerResponse, code: number, reason: string, message: string): void {
  json(response, { kind: 'Status', code, reason, message }, code);
}
