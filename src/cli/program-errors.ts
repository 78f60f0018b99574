import { mendNoPods } from '../causes/fix/no-pods.ts';
import { ApiError, ConnectionError } from '../cluster/cluster.ts';
import { describeError } from '../cluster/errors.ts';
import { SubjectError } from '../playbook/subject/subject.ts';
import { escapeText } from '../report/escape.ts';
import { pluginCommand } from '../values/plugin-name.ts';

/** Something the user can mend: its message, complete with kubectl's prefix, is all that is printed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * What is said about an error that ends the run, in kubectl's words where it has them.
 * @param verbose a fault of the program is shown with its stack
 */
export function errorReport(error: unknown, verbose: boolean): string {
  if (error instanceof CommandError) return known(error.message);
  if (error instanceof SubjectError) return known([error.message, ...(error.noPods ? mendNoPods(error.noPods) : [])].join('\n'));
  if (error instanceof ApiError || error instanceof ConnectionError) return known(describeError(error));
  const code = errorCode(error);
  if (code !== null) return known(`error: ${error instanceof Error ? error.message : code}`);
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = verbose && error instanceof Error ? known(error.stack ?? '') : '';
  return `${escapeText(`error: unexpected ${message}`)}\nThis is a fault of ${pluginCommand}. Please report it, with the output of the same command and -v=6.\n${stack}`;
}

function known(message: string): string {
  return `${message.split('\n').map(escapeLine).join('\n')}\n`;
}

/** What is typed stands in. */
function escapeLine(line: string): string {
  return `${/^ {0,8}/.exec(line)?.[0] ?? ''}${escapeText(line)}`;
}

/** Errors of the operating system (a file that is not there, no space, no permission) carry one: ENOENT, EACCES, ENOSPC. */
function errorCode(error: unknown): string | null {
  const isSystemError = error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
  return isSystemError ? String(error.code) : null;
}
