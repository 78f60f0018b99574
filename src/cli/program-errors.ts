import { ApiError, ConnectionError } from '../cluster/cluster.ts';
import { escapeText } from '../report/escape.ts';

/** Something the user can mend: its message, complete with kubectl's prefix, is all that is printed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export interface ErrorReport {
  readonly lines: string;
  /** Not one of ours: a fault of the program. */
  readonly unexpected: boolean;
}

/** What is said about an error that ends the run, in kubectl's words (kubectl/pkg/cmd/util/helpers.go, StandardErrorMessage). */
export function errorReport(error: unknown): ErrorReport {
  if (error instanceof CommandError || error instanceof ConnectionError) return known(error.message);
  if (error instanceof ApiError) return known(apiErrorLine(error));
  const code = errorCode(error);
  if (code !== null) return known(`error: ${error instanceof Error ? error.message : code}`);
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    unexpected: true,
    lines: `${escapeText(`error: unexpected ${message}`)}\nThis is a fault of kubectl imagepull. Please report it, with the output of the same command and -v=6.\n`,
  };
}

function apiErrorLine({ code, reason, message }: ApiError): string {
  if (code === 401) return 'error: You must be logged in to the server (Unauthorized)';
  return reason === null || reason === '' ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}

function known(message: string): ErrorReport {
  return { unexpected: false, lines: `${message.split('\n').map(escapeText).join('\n')}\n` };
}

/** Errors of the operating system (a file that is not there, no space, no permission) carry one: ENOENT, EACCES, ENOSPC. */
function errorCode(error: unknown): string | null {
  const isSystemError = error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
  return isSystemError ? String(error.code) : null;
}
