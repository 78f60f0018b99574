import { Parser } from 'yargs/helpers';
import type { Words } from './argv.ts';
import type { OptionKind } from './options/option.ts';
import { commandOptions, globalOptions } from './options.ts';

export type FlagValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** yargs' defaults would turn the pod `0x10` into 16, `--no-headers` into `headers: false`, and `--a.b` into an object. */
const configuration = {
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'boolean-negation': false,
  'dot-notation': false,
  'camel-case-expansion': false,
};

/**
 * The flags with their types, by long name; of a flag that was given twice, the last counts, as in pflag. Only lists gather.
 * It is yargs' parser alone: what else yargs does (commands, help, errors) has to be kubectl's here, and costs 15 ms at every start.
 */
export function typedFlags(words: Words): FlagValues {
  const options = [...globalOptions, ...(words.command === undefined ? [] : commandOptions[words.command])];
  const named = (...kinds: readonly OptionKind[]) => options.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const parsed = Parser(
    words.flags.map(({ name, value }) => `--${name}=${value}`),
    {
      string: named('string', 'duration'),
      array: named('list').map((key) => ({ key, string: true })),
      boolean: named('boolean'),
      number: named('integer'),
      configuration,
    },
  );
  return Object.fromEntries(options.map(({ name, kind }) => [name, kind === 'list' ? parsed[name] : last(parsed[name])])) as FlagValues;
}

function last(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}
