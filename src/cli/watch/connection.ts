import { describeError } from '../../cluster/errors.ts';
import { escapeText } from '../../report/escape.ts';
import type { Io } from '../io.ts';
import type { StatusLine } from '../status-line.ts';

/** What the user is told of a connection that comes and goes. */
export interface Connection {
  lost(error: unknown): void;
  back(): void;
  /** What the status line says while there is nothing to say of the connection. */
  idle(text: string): void;
}

/** On the status line where there is one; else a line on standard error when it is lost, and one when it is back. */
export function connectionOf(status: StatusLine, io: Io): Connection {
  const hasLine = io.stderr.isTTY && io.env.TERM !== 'dumb';
  let isLost = false;
  let text = '';
  return {
    lost(error) {
      const words = `connection lost, retrying (${escapeText(describeError(error))})`;
      if (hasLine) status.show(words);
      else if (!isLost) io.stderr.write(`warning: ${words}\n`);
      isLost = true;
    },
    back() {
      if (!isLost) return;
      isLost = false;
      if (hasLine) status.show(text);
      else io.stderr.write('the connection is back\n');
    },
    idle(words) {
      text = words;
      if (!isLost) status.show(words);
    },
  };
}
