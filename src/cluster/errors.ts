import type { Obstacle } from '../values/evidence.ts';
import { ApiError, ConnectionError } from './cluster.ts';

/**
 * What kubectl prints for this failure, on stderr, before it exits with 1 (kubectl: pkg/cmd/util/helpers.go checkErr,
 * StandardErrorMessage).
 */
export function describeError(error: unknown): string {
  if (error instanceof ConnectionError) return error.message;
  if (error instanceof ApiError) return describeApiError(error);
  const message = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
  return message.startsWith('error: ') ? message : `error: ${message}`;
}

function describeApiError({ reason, message }: ApiError): string {
  if (reason === 'Unauthorized') return `error: You must be logged in to the server (${message})`;
  if (reason === 'Invalid' && / is invalid: /.test(message)) return `The ${message}`;
  return reason === null ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}

/**
 * What stood in the way of a reading, for the evidence. `permission` is the right that the reading needs, e.g.
 * `get secrets in namespace shop`; it is named only where the server said that this right is lacking.
 */
export function toObstacle(error: unknown, permission: string): Obstacle {
  const message = describeError(error);
  if (error instanceof ConnectionError) return { kind: error.kind, message };
  if (!(error instanceof ApiError)) return { kind: 'failed', message };
  if (error.code === 403) return lacksRight(error) ? { kind: 'forbidden', message, permission } : { kind: 'refused', message };
  return { kind: apiKind(error), message };
}

/** Authorizers say who cannot do what; admission (quota, pod security, webhooks) answers 403 as well, but in its own words. */
function lacksRight({ message }: ApiError): boolean {
  return /\bcannot \S+ (resource|path)\b/.test(message) || message === 'the server does not allow access to the requested resource';
}

function apiKind({ code, reason }: ApiError): Obstacle['kind'] {
  if (code === 404 || reason === 'NotFound') return 'not-found';
  if (code === 401 || code === 400 || code === 422) return 'refused';
  if (code === 408 || code === 504 || reason === 'Timeout') return 'timeout';
  return 'failed';
}
