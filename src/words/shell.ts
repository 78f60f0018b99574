/** What a shell takes as a plain word, the characters that names of images and objects are made of included. */
const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** Control bytes, and characters that change how text is shown without being seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Quotes one word for a POSIX shell, so that a pasted command holds exactly this text whatever it is made of. Words with control or
 * invisible characters come out in the `$'...'` form (POSIX.1-2024, bash, zsh), which stays on one line and shows them.
 */
export function shellQuote(word: string): string {
  if (plainWord.test(word)) return word;
  if (!unseen.test(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  return `$'${[...word].map(escapeCharacter).join('')}'`;
}

/** Joins words into a command, each quoted. */
export function command(...words: readonly string[]): string {
  return words.map(shellQuote).join(' ');
}

function escapeCharacter(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (!unseen.test(character)) return character;
  return [...new TextEncoder().encode(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
