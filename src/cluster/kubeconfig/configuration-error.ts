import { ConnectionError } from '../cluster.ts';

/** A mistake in the kubeconfig or the flags, with kubectl's prefix `error: `. */
export function configurationError(message: string): ConnectionError {
  return new ConnectionError('failed', `error: ${message}`);
}

/** Several at once, as kubectl lists them (kubectl: pkg/cmd/util/helpers.go MultilineError). */
export function configurationErrors(messages: readonly string[]): ConnectionError {
  const [first, ...others] = messages;
  if (others.length === 0) return configurationError(first ?? 'invalid configuration');
  return new ConnectionError('failed', ['Error in configuration: ', ...messages.map((message) => `* ${message}`)].join('\n'));
}
