import { describeError } from '../../cluster/errors.ts';
import { escapeText } from '../../report/escape.ts';
import type { Io } from '../io.ts';
import type { StatusLine } from '../status-line.ts';

/** Who cannot read what it needs: a look at how things stand, or what follows the changes. */
export type Reader = 'look' | 'sources';

/** What is in the way, and what is said when it is not any more. */
export interface Trouble {
  readonly words: string;
  readonly over: string;
}

/** What the user is told of trouble that comes and goes. */
export interface Connection {
  lost(reader: Reader, trouble: Trouble): void;
  back(reader: Reader): void;
  /** What the status line says while there is no trouble. */
  idle(text: string): void;
}

export function lostConnection(error: unknown): Trouble {
  return { words: `connection lost, retrying (${escapeText(describeError(error))})`, over: 'the connection is back' };
}

/** On the status line where there is one; else a line on standard error when trouble begins, and one when nobody has any more. */
export function connectionOf(status: StatusLine, io: Io): Connection {
  const hasLine = io.stderr.isTTY && io.env.TERM !== 'dumb';
  const troubled = new Map<Reader, Trouble>();
  let said: Trouble | undefined;
  let text = '';
  return {
    lost(reader, trouble) {
      troubled.set(reader, trouble);
      if (hasLine) status.show(trouble.words);
      else if (said?.over !== trouble.over) io.stderr.write(`warning: ${trouble.words}\n`);
      said = trouble;
    },
    back(reader) {
      if (!troubled.delete(reader) || troubled.size > 0 || said === undefined) return;
      if (hasLine) status.show(text);
      else io.stderr.write(`${said.over}\n`);
      said = undefined;
    },
    idle(words) {
      text = words;
      if (troubled.size === 0) status.show(words);
    },
  };
}
