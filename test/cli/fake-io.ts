import type { Io, Output } from '../../src/cli/io.ts';

export interface FakeIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
}

/** An Io whose outputs are kept as text. */
export function fakeIo(parts: Partial<Io> & { readonly input?: string | Buffer; readonly terminal?: boolean } = {}): FakeIo {
  const { input = '', terminal = false, ...given } = parts;
  const stdout = keeping(terminal);
  const stderr = keeping(terminal);
  return {
    stdout: stdout.output,
    stderr: stderr.output,
    stdin: {
      isTTY: terminal,
      text: async (limit) => input.toString().slice(0, limit),
      async *chunks() {
        yield Buffer.from(input as string);
      },
    },
    env: {},
    program: 'kubectl-imagepull',
    now: () => new Date('2026-01-02T03:04:05Z'),
    signal: new AbortController().signal,
    ...given,
    out: stdout.text,
    err: stderr.text,
  };
}

function keeping(terminal: boolean): { output: Output; text: () => string } {
  let kept = '';
  return {
    output: {
      write: (text) => {
        kept += text;
      },
      isTTY: terminal,
      columns: terminal ? 40 : undefined,
    },
    text: () => kept,
  };
}
