import type { Obstacle } from '../values/evidence.ts';

/** kubectl's connection flags (cli-runtime ConfigFlags), as typed; undefined where not given. */
export interface ConnectionFlags {
  readonly kubeconfig?: string;
  readonly cacheDir?: string;
  readonly context?: string;
  readonly cluster?: string;
  readonly user?: string;
  readonly namespace?: string;
  readonly server?: string;
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  readonly certificateAuthority?: string;
  readonly tlsServerName?: string;
  readonly insecureSkipTlsVerify?: boolean;
  readonly as?: string;
  readonly asUid?: string;
  readonly asGroup?: readonly string[];
  readonly asUserExtra?: readonly string[];
  readonly requestTimeout?: string;
  readonly disableCompression?: boolean;
  /** Stands for $KUBERC. */
  readonly kuberc?: string;
  readonly warningsAsErrors?: boolean;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface GetOptions {
  /** The representation to ask for instead of plain JSON, e.g. `application/json;as=Table;v=v1;g=meta.k8s.io`. */
  readonly accept?: string;
  /** A read that a cleaning up needs: like a write, it has its own time, and goes on after Ctrl-C. */
  readonly cleansUp?: boolean;
}

/** A connection to the API server that behaves as kubectl's: raw JSON in and out over one kept-alive connection. */
export interface Cluster {
  /** As in the kubeconfig, e.g. `https://127.0.0.1:6443`. */
  readonly server: string;
  /** From --namespace, else the context, else `default`. */
  readonly namespace: string;
  /** The flags that led here, for the commands that are printed (words/kubectl.ts); absent: none was given. */
  readonly reachedBy?: readonly string[];
  /** @throws ApiError for a Status of the server, ConnectionError when there was no answer. */
  get<T>(path: string, query?: Query, options?: GetOptions): Promise<T>;
  /** The body as text, at most `limit` bytes: for logs. */
  getText(path: string, query?: Query, limit?: number): Promise<string>;
  create<T>(path: string, body: unknown, query?: Query): Promise<T>;
  delete(path: string, query?: Query): Promise<void>;
  /** Server-sent lines of a watch, each parsed, until the signal aborts or the server ends it. */
  watch<T>(path: string, query: Query, signal: AbortSignal, options?: GetOptions): AsyncIterable<{ type: string; object: T }>;
  close(): void;
}

/** The answer of the server was a failure: `status` is its Status object where it sent one. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: number;
  readonly reason: string | null;
  /** Of an expired page (410): where the list can be gone on with, though what changed meanwhile may be missed. */
  readonly continueToken: string | null;
  constructor(code: number, reason: string | null, message: string, continueToken: string | null = null) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.continueToken = continueToken;
  }
}

/** There was no answer, or no way to ask: the message is kubectl's, complete with its prefix. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly kind: Obstacle['kind'];
  constructor(kind: Obstacle['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
