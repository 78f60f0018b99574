/**
 * How the program calls itself in its texts: `kubectl imagepull` when it runs as a plugin, so that what is printed can be typed.
 * kubectl finds `kubectl imagepull` in `kubectl-imagepull`, and turns `-` within a word into `_` (krew's naming guide).
 */
export function programName(program: string): string {
  if (!program.startsWith('kubectl-')) return program;
  return program.split('-').join(' ').replaceAll('_', '-');
}
