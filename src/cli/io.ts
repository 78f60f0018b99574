/** All that the program touches of its process: handed down from main, replaced in tests. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The name that the program was called by, e.g. `kubectl-imagepull`. */
  readonly program: string;
  now(): Date;
  /**
   * Aborts at the first Ctrl-C (or SIGTERM, when the terminal is closed, or when nobody reads the output any more): undo what must be
   * undone, and end.
   */
  readonly signal: AbortSignal;
}

export interface Input {
  readonly isTTY: boolean;
  /** All of it as UTF-8, at most `limit` bytes. */
  text(limit: number): Promise<string>;
  /** As it comes. */
  chunks(): AsyncIterable<Uint8Array>;
}

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** Height of the terminal; undefined where there is none, or it is not known. */
  readonly rows?: number | undefined;
  /** Calls the listener whenever the terminal's size has changed. @returns what ends that */
  onResize?(listener: () => void): () => void;
}
