import type { Io, Output } from './io.ts';

/** One line on stderr that says what the program is doing just now, on a terminal only. */
export interface StatusLine {
  show(text: string): void;
  clear(): void;
  /** The same Io, whose outputs take the line away before they print. */
  readonly io: Io;
}

const clearLine = '\r\u001b[2K';

/** Nothing is drawn where stderr is no terminal, or a dumb one. The text must be safe for a terminal; it is cut to its width. */
export function statusLine(io: Io): StatusLine {
  const live = io.stderr.isTTY && io.env.TERM !== 'dumb';
  let shown = false;
  const clear = () => {
    if (shown) io.stderr.write(clearLine);
    shown = false;
  };
  const show = (text: string) => {
    if (!live) return;
    const width = Math.max(1, (io.stderr.columns ?? 80) - 1);
    io.stderr.write(`${clearLine}${[...text].slice(0, width).join('')}`);
    shown = true;
  };
  return { show, clear, io: { ...io, stdout: clearing(io.stdout, clear), stderr: clearing(io.stderr, clear) } };
}

function clearing(output: Output, clear: () => void): Output {
  return {
    write(text) {
      clear();
      output.write(text);
    },
    isTTY: output.isTTY,
    get columns() {
      return output.columns;
    },
    get rows() {
      return output.rows;
    },
    ...(output.onResize && { onResize: (listener: () => void) => output.onResize?.(listener) ?? (() => {}) }),
  };
}
