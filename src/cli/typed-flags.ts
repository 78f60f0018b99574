import type { Options } from 'yargs';
import type { Words } from './argv.ts';
import { commandOptions, globalOptions, type Option } from './options.ts';

export type FlagValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** yargs' defaults would turn the pod `0x10` into 16, `--no-headers` into `headers: false`, and `--a.b` into an object. */
const settings = {
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'boolean-negation': false,
  'dot-notation': false,
  'camel-case-expansion': false,
};

/** The flags with their types, by long name; of a flag that was given twice, the last counts, as in pflag. Only lists gather. */
export async function typedFlags(words: Words): Promise<FlagValues> {
  const options = [...globalOptions, ...(words.command === undefined ? [] : commandOptions[words.command])];
  const { default: yargs } = await import('yargs');
  const parsed = await yargs(words.flags.map(({ name, value }) => `--${name}=${value}`))
    .locale('en')
    .parserConfiguration(settings)
    .options(Object.fromEntries(options.map((option) => [option.name, yargsOption(option)])))
    .help(false)
    .version(false)
    .exitProcess(false)
    .strict()
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .parse();
  return Object.fromEntries(options.map(({ name, kind }) => [name, kind === 'list' ? parsed[name] : last(parsed[name])])) as FlagValues;
}

function last(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}

function yargsOption({ kind }: Option): Options {
  if (kind === 'boolean') return { type: 'boolean' };
  if (kind === 'integer') return { type: 'number' };
  return kind === 'list' ? { type: 'string', array: true } : { type: 'string' };
}
