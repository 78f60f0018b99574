/** A command line that cannot be understood: a value, printed by `run` as it stands (with a newline after it), exit code 1. */
export interface UsageError {
  readonly usageError: string;
}

export function isUsageError(value: unknown): value is UsageError {
  return typeof value === 'object' && value !== null && 'usageError' in value;
}

export function usageError(message: string): UsageError {
  return { usageError: message };
}
