import { wrapText } from '../report/wrap.ts';
import { pluginCommand, pluginName } from '../values/plugin-name.ts';
import { exitCodes, type HelpText, helpTexts, rootText } from './help-texts.ts';
import { connectionOptions } from './options/connection.ts';
import type { Option, OptionKind } from './options/option.ts';
import { commandNames } from './options.ts';
import { programName } from './program-name.ts';
import type { HelpRequest } from './request.ts';

const columns = 80;

/** kubectl's layout (kubectl/pkg/util/templates): what it does, examples, options, usage last. */
export function help({ of }: HelpRequest, program: string): string {
  const self = programName(program);
  return of === undefined ? rootHelp(self) : commandHelp(helpTexts[of], self);
}

function rootHelp(self: string): string {
  const commands = commandNames.map((name) => `  ${name.padEnd(12)}${helpTexts[name].summary}`);
  return sections([
    ...rootText.about.map((paragraph) => wrapped(paragraph)),
    examples(rootText, self),
    `Commands:\n${commands.join('\n')}`,
    wrapped(exitCodes),
    `Usage:\n  ${self} ${rootText.usage}`,
    wrapped(
      `Flags follow the name of the plugin: "${pluginCommand} -n shop why web", not "kubectl -n shop ${pluginName}". Use "${self} COMMAND --help" for more about a command.`,
    ),
  ]);
}

function commandHelp(text: HelpText, self: string): string {
  return sections([
    ...text.about.map((paragraph) => wrapped(paragraph)),
    examples(text, self),
    ...(text.options.length > 0 ? [`Options:\n${text.options.map(optionHelp).join('\n\n')}`] : []),
    ...(text.connects ? [connection()] : []),
    ...(text.connects ? [wrapped(text.exitCodes ?? exitCodes)] : []),
    `Usage:\n  ${self} ${text.usage}`,
  ]);
}

function examples(text: Pick<HelpText, 'examples'>, self: string): string {
  return `Examples:\n${text.examples.map(({ comment, words }) => `  # ${comment}\n  ${self} ${words}`).join('\n\n')}`;
}

/** What an option is where nothing is given, in Go's notation. */
const nothing: Readonly<Record<OptionKind, string>> = { string: "''", list: '[]', boolean: 'false', integer: '0', duration: '0s' };

function optionHelp({ name, short, kind, shown = nothing[kind], help: text }: Option): string {
  return `    ${short === undefined ? '' : `-${short}, `}--${name}=${shown}:\n${wrapped(text, 8)}`;
}

const requestLog =
  'From -v=6 on, a line on standard error for each request to the API server and to registries: never headers, bodies or credentials.';

function connection(): string {
  const names = connectionOptions.map(({ name, short }) => (short === undefined ? `--${name}` : `-${short}/--${name}`));
  return `Connection options, as in kubectl (see "kubectl options"):\n${wrapped(`${names.join(', ')}, -v`, 4)}\n${wrapped(requestLog, 4)}`;
}

function wrapped(text: string, indent = 0): string {
  return wrapText(text, columns - indent)
    .map((line) => ' '.repeat(indent) + line)
    .join('\n');
}

function sections(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
