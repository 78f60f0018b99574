import { checkOptions } from './options/check.ts';
import { connectionOptions } from './options/connection.ts';
import type { Option } from './options/option.ts';
import { scanOptions } from './options/scan.ts';
import { whyOptions } from './options/why.ts';

const help: Option = { name: 'help', short: 'h', kind: 'boolean', help: 'Print this help.' };
const verbosity: Option = {
  name: 'v',
  short: 'v',
  kind: 'integer',
  shown: '0',
  help: 'Number for the log level verbosity. From 6 on each request is told on standard error.',
};

/** Accepted by every command, and before it. */
export const globalOptions: readonly Option[] = [...connectionOptions, verbosity, help];

export const explainOptions: readonly Option[] = [
  { name: 'output', short: 'o', kind: 'string', shown: "'text'", help: 'Output format. One of: (text, json, yaml).' },
];

export const versionOptions: readonly Option[] = [
  { name: 'client', kind: 'boolean', help: 'Accepted for compatibility: no server is asked.' },
  { name: 'output', short: 'o', kind: 'string', help: "One of 'yaml' or 'json'." },
];

/** `kubectl imagepull --version`, for those who expect it. */
export const rootOptions: readonly Option[] = [{ name: 'version', kind: 'boolean', help: 'Print the version.' }];

export const commandNames = ['why', 'scan', 'check', 'explain', 'completion', 'version', 'help'] as const;
export type CommandName = (typeof commandNames)[number];

/** Every option of the command line, once: the reader of argv, yargs and the help are fed from here. */
export const commandOptions: Readonly<Record<CommandName, readonly Option[]>> = {
  why: whyOptions,
  scan: scanOptions,
  check: checkOptions,
  explain: explainOptions,
  completion: [],
  version: versionOptions,
  help: [],
};
