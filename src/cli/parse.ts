import { readArgv, type Words } from './argv.ts';
import { type CommandName, commandNames } from './options.ts';
import { programName } from './program-name.ts';
import type { HelpRequest, Request, VersionRequest } from './request.ts';
import { type UsageError, usageError } from './usage-error.ts';

/** What argv asks for. `verbosity` is kubectl's `-v`. */
export interface Parsed {
  readonly request: Request;
  readonly verbosity: number;
}

/** argv → what is asked for, or what is wrong with it. Neither help nor version loads yargs. */
export async function parse(argv: readonly string[], program: string): Promise<Parsed | UsageError> {
  if (program.startsWith('kubectl_complete-')) return complete(argv);
  if (argv[0] === '__complete') return complete(argv.slice(1));
  const self = programName(program);
  const words = readArgv(argv, self);
  if ('usageError' in words) return words;
  const request = await readRequest(words, self);
  if ('usageError' in request) return request;
  return { request, verbosity: Number(lastValue(words, 'v') ?? 0) };
}

/** kubectl's way to ask for words: `kubectl_complete-imagepull WORD…`, or a shim of that name. */
function complete(words: readonly string[]): Parsed {
  return { request: { command: 'complete', words }, verbosity: 0 };
}

async function readRequest(words: Words, self: string): Promise<Request | UsageError> {
  const { command, operands } = words;
  if (lastValue(words, 'help') === 'true') return helpRequest(command);
  switch (command) {
    case undefined:
      return lastValue(words, 'version') === 'true' ? versionRequest(words) : helpRequest(undefined);
    case 'help':
      return helpOf(operands, self);
    case 'completion':
      return operands.length === 0 ? { command: 'completion' } : usageError(`error: extra arguments: [${operands.join(' ')}]`);
    case 'version':
      return versionRequest(words);
    case 'explain': {
      const { explainRequest } = await import('./explain/request.ts');
      return explainRequest(operands, lastValue(words, 'output'), self);
    }
    case 'check': {
      const [{ typedFlags }, { checkRequest }] = await Promise.all([import('./typed-flags.ts'), import('./check/request.ts')]);
      return checkRequest(operands, typedFlags(words), self);
    }
    case 'scan': {
      const [{ typedFlags }, { scanRequest }] = await Promise.all([import('./typed-flags.ts'), import('./scan/request.ts')]);
      return scanRequest(operands, typedFlags(words), self);
    }
    case 'why': {
      const [{ typedFlags }, { whyRequest }] = await Promise.all([import('./typed-flags.ts'), import('./why-request.ts')]);
      return whyRequest(operands, typedFlags(words), self);
    }
  }
}

function helpRequest(command: CommandName | undefined): HelpRequest {
  return { command: 'help', of: command === 'help' ? undefined : command };
}

function helpOf([topic]: readonly string[], self: string): HelpRequest | UsageError {
  const command = commandNames.find((name) => name === topic);
  if (topic !== undefined && command === undefined)
    return usageError(`error: unknown help topic "${topic}"\nSee '${self} --help' for usage.`);
  return helpRequest(command);
}

function versionRequest(words: Words): VersionRequest | UsageError {
  if (words.operands.length > 0) return usageError(`error: extra arguments: [${words.operands.join(' ')}]`);
  const output = lastValue(words, 'output') || 'text';
  if (output !== 'text' && output !== 'json' && output !== 'yaml') return usageError("error: --output must be 'yaml' or 'json'");
  return { command: 'version', output };
}

function lastValue(words: Words, name: string): string | undefined {
  return words.flags.findLast((flag) => flag.name === name)?.value;
}
