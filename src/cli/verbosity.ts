/** kubectl's `-v` from which each request is told, and an unexpected error is shown with its stack. */
const verboseFrom = 6;

/** @param verbosity kubectl's `-v` */
export function isVerbose(verbosity: number): boolean {
  return verbosity >= verboseFrom;
}
