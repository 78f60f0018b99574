/** All that the program touches of its process: handed down from main, replaced in tests. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The name that the program was called by, e.g. `kubectl-imagepull`. */
  readonly program: string;
  now(): Date;
}

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}
