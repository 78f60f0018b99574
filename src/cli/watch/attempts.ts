import { ApiError, ConnectionError } from '../../cluster/cluster.ts';
import { describeError } from '../../cluster/errors.ts';
import { SubjectError } from '../../playbook/subject/subject.ts';
import { escapeText } from '../../report/escape.ts';
import { type Connection, lostConnection, type Trouble } from './connection.ts';

/** Less could be read than a moment ago. */
export class PoorerLook extends Error {}

/** Milliseconds. */
const longestPause = 10_000;

/** An API server that comes up refuses who has every right: so many refusals in a row are believed. */
const mostRefusals = 6;

export interface Attempts {
  succeeded(): void;
  /** @returns after how many milliseconds the next is worth while. @throws the error where none is */
  failed(error: unknown): number;
}

/** What becomes of looks that fail. @param missing what is watched was not there; throws where it will not come back */
export function attemptsOf(missing: (error: SubjectError) => void, connection: Connection): Attempts {
  let failures = 0;
  let refusals = 0;
  return {
    succeeded() {
      failures = 0;
      refusals = 0;
      connection.back('look');
    },
    failed(error) {
      refusals = isRefusal(error) ? refusals + 1 : 0;
      if (refusals >= mostRefusals) throw error;
      if (error instanceof SubjectError) missing(error);
      else connection.lost('look', troubleOf(error));
      return Math.min(longestPause, 1000 * 2 ** failures++);
    },
  };
}

/** @throws the error where it is a fault of this program */
function troubleOf(error: unknown): Trouble {
  if (error instanceof PoorerLook) return { words: `${error.message}, retrying`, over: 'everything can be read again' };
  if (isRefusal(error))
    return { words: `the API server refuses, retrying (${escapeText(describeError(error))})`, over: 'the API server answers again' };
  if (error instanceof ConnectionError || error instanceof ApiError) return lostConnection(error);
  throw error;
}

/** The connection is there; what is asked for is not given. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 401 || error.code === 403 || error.code === 404);
}
