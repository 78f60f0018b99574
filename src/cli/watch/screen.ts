import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from '../../report/wrap.ts';
import type { Io, Output } from '../io.ts';
import type { StatusLine } from '../status-line.ts';

/** The text of a report at the width that the terminal has when it is drawn. */
export type Draw = () => Promise<string>;

/** Where the reports of a watch go. */
export interface Screen {
  /** In place of the report before, or below it. */
  draw(draw: Draw): Promise<void>;
  /** Leaves the last report there, in full. */
  end(): Promise<void>;
  /** A report takes the place of the one before. */
  readonly inPlace: boolean;
  /** Whose standard error does not get in the way of what is drawn. */
  readonly io: Io;
}

/** Each report below the one before. `head` stands above each. */
export function appending({ io }: StatusLine, head: () => string): Screen {
  return {
    io,
    inPlace: false,
    async draw(draw) {
      io.stdout.write(`${head()}${await draw()}`);
    },
    end: async () => {},
  };
}

/**
 * Each report in the place of the one before, on the terminal's own screen: what scrolled away before stays. A report that is higher than
 * the terminal shows its end, where the verdict is, until the watch ends.
 */
export function live(status: StatusLine): Screen {
  const { stdout, stderr } = status.io;
  let current: Draw | undefined;
  let drawn = '';
  let busy = Promise.resolve();

  const erase = () => {
    status.clear();
    const rows = rowsOf(drawn, stdout.columns);
    if (rows > 0) stdout.write(`\u001b[${rows}A\r\u001b[0J`);
    drawn = '';
  };
  const put = (text: string) => {
    erase();
    stdout.write(text);
    drawn = text;
  };
  /** One after the other, whether or not the one before could be drawn: a report that takes long to draw must not come after the next. */
  const inTurn = (work: () => Promise<void>) => {
    busy = busy.then(work, work);
    return busy;
  };
  const redraw = () =>
    inTurn(async () => {
      if (current) put(ending(await current(), stdout.columns, stdout.rows));
    });
  const stop = stdout.onResize?.(() => void redraw().catch(() => {})) ?? (() => {});

  return {
    inPlace: true,
    draw(draw) {
      current = draw;
      return redraw();
    },
    end: () =>
      inTurn(async () => {
        stop();
        if (current) put(await current());
        current = undefined;
        drawn = '';
      }),
    io: { ...status.io, stderr: stderr.isTTY ? above(stderr) : stderr },
  };

  /** What is said meanwhile stands above the report, and stays. */
  function above(output: Output): Output {
    return {
      ...output,
      isTTY: true,
      write(text) {
        const before = drawn;
        erase();
        output.write(text);
        stdout.write(before);
        drawn = before;
      },
    };
  }
}

/** Rows that a text takes which ends in a line break; a terminal breaks what is wider than it is. */
export function rowsOf(text: string, columns = 80): number {
  if (text === '') return 0;
  const lines = stripVTControlCharacters(text).replace(/\n$/, '').split('\n');
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(displayWidth(line) / Math.max(1, columns))), 0);
}

/** As much of the end as fits, with a row left for the cursor, under a line that says how much is above. */
export function ending(text: string, columns = 80, rows: number | undefined): string {
  if (rows === undefined || rowsOf(text, columns) < rows) return text;
  const lines = text.replace(/\n$/, '').split('\n');
  const room = Math.max(1, rows - 2);
  let from = lines.length;
  while (from > 0 && rowsOf(lines.slice(from - 1).join('\n'), columns) <= room) from--;
  return `${`… ${from} lines above: shown when the watch ends`.slice(0, columns)}\n${lines.slice(from).join('\n')}\n`;
}
