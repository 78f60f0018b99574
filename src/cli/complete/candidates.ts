/** What can stand at the cursor. */
export interface Candidate {
  readonly word: string;
  readonly description?: string;
}

/** cobra's ShellCompDirective (github.com/spf13/cobra, completions.go): bits that tell the shell what to do with the candidates. */
const directives = { files: 0, noSpace: 2, noFiles: 4, keepOrder: 32 } as const;

export interface Completion {
  readonly candidates: readonly Candidate[];
  readonly directive: number;
}

export const nothing: Completion = { candidates: [], directive: directives.noFiles };

/** Names of files: the shell's own business. */
export const files: Completion = { candidates: [], directive: directives.files };

/** In this order. A word that ends in `/` is not complete, so that no space follows where there is nothing else. */
export function words(candidates: readonly (string | Candidate)[]): Completion {
  const all = candidates.map((candidate) => (typeof candidate === 'string' ? { word: candidate } : candidate));
  return { candidates: all, directive: directives.noFiles | directives.keepOrder };
}

/** A context may have a blank in its name: kubectl's shell knows how to quote it. */
function isOneLine(word: string): boolean {
  return /^[^\s\p{C}]+(?: [^\s\p{C}]+)*$/u.test(word);
}

/**
 * The lines that kubectl reads (kubectl/pkg/cmd/plugin/plugin_completion.go): `WORD[\tDESCRIPTION]` for each that goes on from the prefix,
 * and `:DIRECTIVE`. What comes from a cluster stays on its line.
 * @param head what stands before the prefix in the same word, as `-o` in `-ojs`
 */
export function completionLines({ candidates, directive }: Completion, prefix: string, head = ''): string {
  const fitting = candidates.filter(({ word }) => word.startsWith(prefix) && isOneLine(word));
  const unfinished = fitting.length > 0 && fitting.every(({ word }) => word.endsWith('/'));
  const lines = fitting.map(({ word, description }) =>
    description ? `${head}${word}\t${description.replace(/[\s\p{C}]+/gu, ' ')}` : `${head}${word}`,
  );
  return `${[...lines, `:${unfinished ? directive | directives.noSpace : directive}`].join('\n')}\n`;
}
