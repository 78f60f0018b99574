import { readArgv, type Words } from '../argv.ts';
import type { Option } from '../options/option.ts';
import { commandOptions, globalOptions, rootOptions } from '../options.ts';

/** A command line up to the cursor. */
export interface Typed {
  readonly words: Words;
  /** The option whose value is being typed. */
  readonly option: Option | undefined;
  /** What of the word under the cursor is to be completed: without `--flag=`. */
  readonly prefix: string;
  /** What stands before that in the same word and is part of each candidate: `-o` of `-ojs`. */
  readonly head?: string;
  /** The word under the cursor is the name of a flag. */
  readonly flag: boolean;
}

/**
 * Reads the words after the plugin's name as kubectl hands them to its completion: the last is the one under the cursor, possibly empty.
 * @returns null: nobody could complete this, for there is a fault before the cursor
 */
export function readTyped(argv: readonly string[]): Typed | null {
  const before = argv.slice(0, -1);
  const cursor = argv.at(-1) ?? '';
  const pending = readPending(before);
  if (pending === null) return null;
  const { words, option } = pending;
  if (option !== undefined) return { words, option, prefix: cursor, flag: false };
  if (before.includes('--') || !cursor.startsWith('-')) return { words, option: undefined, prefix: cursor, flag: false };
  if (/^-[^-]/.test(cursor)) return shorthand(words, cursor) ?? { words, option: undefined, prefix: cursor, flag: true };
  const [, name = '', value] = /^--([^=]+)=(.*)$/s.exec(cursor) ?? [];
  if (value === undefined) return { words, option: undefined, prefix: cursor, flag: true };
  const named = optionsOf(words).find((known) => known.name === name);
  return named === undefined ? null : { words, option: named, prefix: value, flag: false };
}

/**
 * `-Aojs`, `-o=js`: the option that takes the rest of the word as its value; null: there is none. What follows `=` is a word of its own to
 * the shell, as it is to cobra.
 */
function shorthand(words: Words, cursor: string): Typed | null {
  for (let index = 1; index < cursor.length; index++) {
    const option = optionsOf(words).find(({ short }) => short === cursor[index]);
    if (option === undefined) return null;
    const [head, rest] = [cursor.slice(0, index + 1), cursor.slice(index + 1)];
    if (rest.startsWith('=')) return { words, option, prefix: rest.slice(1), flag: false };
    if (option.kind !== 'boolean') return rest === '' ? null : { words, option, prefix: rest, head, flag: false };
  }
  return null;
}

/** The options that may stand behind these words. */
export function optionsOf({ command }: Words): readonly Option[] {
  return [...(command === undefined ? rootOptions : commandOptions[command]), ...globalOptions];
}

/** The words before the cursor, and the option whose value they still owe. */
function readPending(before: readonly string[]): { readonly words: Words; readonly option: Option | undefined } | null {
  const words = readArgv(before, '');
  if (!('usageError' in words)) return { words, option: undefined };
  if (!words.usageError.startsWith('error: flag needs an argument')) return null;
  const last = before.at(-1) ?? '';
  const rest = readArgv(before.slice(0, -1), '');
  if ('usageError' in rest) return null;
  const isIt = last.startsWith('--') ? ({ name }: Option) => name === last.slice(2) : ({ short }: Option) => short === last.at(-1);
  const option = optionsOf(rest).find(isIt);
  return option === undefined ? null : { words: rest, option };
}
