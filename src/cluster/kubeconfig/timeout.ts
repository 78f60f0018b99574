import { parseDuration } from '../../values/go-duration.ts';
import { configurationError } from './configuration-error.ts';

/**
 * --request-timeout in milliseconds: whole seconds, or a Go duration; 0 for none (client-go: tools/clientcmd/overrides.go ParseTimeout).
 * @throws ConnectionError in kubectl's words.
 */
export function parseRequestTimeout(value: string): number {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const read = parseDuration(value);
  if ('value' in read && read.value >= 0) return read.value;
  throw configurationError(
    'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
  );
}
