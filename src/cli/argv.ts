import { type GoValue, parseDuration } from '../values/go-duration.ts';
import { didYouMean } from './did-you-mean.ts';
import { parseBool, parseInteger, quote } from './go-values.ts';
import type { Option, OptionKind } from './options/option.ts';
import { type CommandName, commandNames, commandOptions, globalOptions, rootOptions } from './options.ts';
import { type UsageError, usageError } from './usage-error.ts';

/** The command line, understood as kubectl would: what yargs is then given in one spelling, `--name=value … -- operand …`. */
export interface Words {
  /** undefined: none was named. */
  readonly command: CommandName | undefined;
  readonly flags: readonly Flag[];
  readonly operands: readonly string[];
}

export interface Flag {
  readonly name: string;
  readonly value: string;
}

const everyOption = [...globalOptions, ...rootOptions, ...Object.values(commandOptions).flat()];

/**
 * Reads argv by the rules of pflag and cobra, with their texts for what is wrong: `-ojson`, `-o=json`, `-o json`, grouped shorthands,
 * `--flag=value`, `--flag value`, underscores for hyphens, flags before and after the command and its operands, `--` ends the flags.
 * @param self how the program calls itself, e.g. `kubectl imagepull`
 */
export function readArgv(argv: readonly string[], self: string): Words | UsageError {
  const { command: word, rest } = splitCommand(argv);
  if (word !== undefined && !isCommand(word)) {
    return usageError(
      `error: unknown command ${quote(word)} for ${quote(self)}${didYouMean(word, commandNames)}See '${self} --help' for usage.`,
    );
  }
  const allowed = [...globalOptions, ...(word === undefined ? rootOptions : commandOptions[word])];
  const read = readFlags(rest, allowed);
  if ('problem' in read) return usageError(`error: ${read.problem}\nSee '${[self, word].filter(Boolean).join(' ')} --help' for usage.`);
  return { command: word, ...read };
}

function isCommand(word: string): word is CommandName {
  return (commandNames as readonly string[]).includes(word);
}

/** The first word that is neither a flag nor a flag's value (cobra's Find), and the rest without it. */
function splitCommand(argv: readonly string[]): { readonly command: string | undefined; readonly rest: readonly string[] } {
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-') || word === '-') return { command: word, rest: argv.toSpliced(index, 1) };
    if (takesNextWord(word)) index++;
  }
  return { command: undefined, rest: argv };
}

function takesNextWord(word: string): boolean {
  const read = readFlags([word], everyOption);
  return 'problem' in read && read.problem.startsWith('flag needs an argument');
}

type ReadFlags = { readonly flags: readonly Flag[]; readonly operands: readonly string[] } | { readonly problem: string };

/** pflag's parseArgs (github.com/spf13/pflag, flag.go), flags and operands interspersed. */
function readFlags(argv: readonly string[], allowed: readonly Option[]): ReadFlags {
  const flags: Flag[] = [];
  const operands: string[] = [];
  const words = [...argv];
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === '--') return { flags, operands: [...operands, ...words] };
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const read = word.startsWith('--') ? readLong(word, words, allowed) : readShort(word, words, allowed);
    if ('problem' in read) return read;
    for (const { option, value } of read.found) {
      const valid = validValue(option, value);
      if ('error' in valid) return { problem: `invalid argument ${quote(value)} for ${quote(spelling(option))} flag: ${valid.error}` };
      flags.push({ name: option.name, value: valid.value });
    }
  }
  return { flags, operands };
}

type Read = { readonly found: readonly { readonly option: Option; readonly value: string }[] } | { readonly problem: string };

function readLong(word: string, following: string[], allowed: readonly Option[]): Read {
  const [, typed = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  if (typed === '' || typed.startsWith('-')) return { problem: `bad flag syntax: ${word}` };
  const option = allowed.find(({ name }) => name === typed.replaceAll('_', '-'));
  if (option === undefined) return { problem: `unknown flag: --${typed}` };
  const given = value ?? (option.kind === 'boolean' ? 'true' : following.shift());
  if (given === undefined) return { problem: `flag needs an argument: ${word}` };
  return { found: [{ option, value: given }] };
}

/** `-Aojson`: booleans may be followed by other shorthands, anything else takes what remains of the word, or the next word. */
function readShort(word: string, following: string[], allowed: readonly Option[]): Read {
  const found: { option: Option; value: string }[] = [];
  let letters = word.slice(1);
  while (letters !== '') {
    const letter = String.fromCodePoint(letters.codePointAt(0) ?? 0);
    const option = allowed.find(({ short }) => short === letter);
    if (option === undefined) return { problem: `unknown shorthand flag: '${letter}' in -${letters}` };
    const rest = letters.slice(letter.length);
    letters = '';
    if (rest.length > 1 && rest.startsWith('=')) found.push({ option, value: rest.slice(1) });
    else if (option.kind === 'boolean') {
      found.push({ option, value: 'true' });
      letters = rest;
    } else {
      const value = rest === '' ? following.shift() : rest;
      if (value === undefined) return { problem: `flag needs an argument: '${letter}' in -${letter}` };
      found.push({ option, value });
    }
  }
  return { found };
}

/** A boolean becomes `true` or `false`; everything else stays as it was typed. */
function validValue({ kind }: Option, typed: string): GoValue<string> {
  const read = readers[kind]?.(typed) ?? { value: typed };
  if ('error' in read) return read;
  return { value: kind === 'boolean' ? String(read.value) : typed };
}

const readers: Partial<Record<OptionKind, (text: string) => GoValue<unknown>>> = {
  boolean: parseBool,
  integer: parseInteger,
  duration: parseDuration,
};

/** As pflag names a flag in its errors: `-f, --follow`. */
function spelling({ name, short }: Option): string {
  return short === undefined ? `--${name}` : `-${short}, --${name}`;
}
