import type { Readable } from 'node:stream';

export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
  /** It may last: not to be queued behind, nor in front of, others. */
  readonly streams: boolean;
}

export interface Incoming {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Readable;
}

/** HTTP over a connection that is already open, or over as many as it needs. */
export interface Link {
  send(request: Outgoing): Promise<Incoming>;
  /** It can take no more requests. */
  readonly closed: boolean;
  close(): void;
}
