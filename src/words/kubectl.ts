import { command } from './shell.ts';

/**
 * The flags by which the user reached a cluster, as words of a command line before a shell's quotes; none: those of kubectl itself lead
 * there. Whatever is to be typed next goes to the same cluster only with them.
 */
export type ReachedBy = readonly string[] | undefined;

/** `kubectl FLAGS WORDS`, quoted. No other function makes a command of kubectl. */
export function kubectl(reachedBy: ReachedBy, ...words: readonly string[]): string {
  return command('kubectl', ...(reachedBy ?? []), ...words);
}

/** `kubectl PLUGIN WORDS FLAGS`, quoted: kubectl takes no flags before the name of a plugin. */
export function kubectlPlugin(reachedBy: ReachedBy, plugin: string, ...words: readonly string[]): string {
  return pluginCalled(`kubectl ${plugin}`, reachedBy, ...words);
}

/** The same for a plugin that says how it was called. @param self not quoted again */
export function pluginCalled(self: string, reachedBy: ReachedBy, ...words: readonly string[]): string {
  return `${self} ${command(...words, ...(reachedBy ?? []))}`;
}

/** What such a command says beside the way to the cluster. */
export function withoutReach(text: string, reachedBy: ReachedBy): string {
  if (reachedBy === undefined || reachedBy.length === 0) return text;
  const way = ` ${command(...reachedBy)}`;
  const [first = '', ...rest] = text.split(way);
  return rest.reduce((said, after) => said + (endsWord(after) ? '' : way) + after, first);
}

/** A word of a command line ends before this. */
function endsWord(after: string): boolean {
  return /^(?:$|[\s;|&)])/.test(after);
}
