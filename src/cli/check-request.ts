import { quote } from './go-values.ts';
import type { CheckRequest } from './request.ts';
import type { FlagValues } from './typed-flags.ts';
import { type UsageError, usageError } from './usage-error.ts';
import { connectionFlags, timeout } from './why-request.ts';

const outputs: readonly CheckRequest['output'][] = ['json', 'table', 'wide', 'yaml'];

/** @param self how the program calls itself */
export function checkRequest(operands: readonly string[], flags: FlagValues, self: string): CheckRequest | UsageError {
  const text = (name: string) => (typeof flags[name] === 'string' && flags[name] !== '' ? flags[name] : undefined);
  const list = (name: string) => (Array.isArray(flags[name]) ? (flags[name] as string[]).filter((word) => word !== '') : []);
  const output = outputs.find((format) => format === (flags.output || 'table'));
  if (output === undefined) {
    return usageError(
      `error: unable to match a printer suitable for the output format ${quote(String(flags.output))}, allowed formats are: ${outputs.join(',')}`,
    );
  }
  const timeoutMilliseconds = timeout(text('timeout'));
  if (timeoutMilliseconds === null) return usageError('error: --timeout must be zero or a positive duration');
  const named = list('filename');
  // A shell writes `-f *.yaml` as `-f a.yaml b.yaml`.
  const isFile = (operand: string) => named.length > 0 && /\.(?:ya?ml|json)$/i.test(operand);
  const files = [...named, ...operands.filter(isFile)];
  const images = operands.filter((operand) => !isFile(operand));
  if (files.length + images.length === 0) {
    return usageError(
      `error: expected 'check IMAGE... | -f FILE...'.\nIMAGE or FILE is a required argument for the check command\nSee '${self} check -h' for help and examples`,
    );
  }
  return {
    command: 'check',
    images,
    files,
    secrets: list('secret'),
    serviceAccount: text('service-account'),
    node: text('node'),
    connection: connectionFlags(flags),
    output,
    headers: flags['no-headers'] !== true,
    registryCa: text('registry-ca'),
    timeoutMilliseconds,
    exitCode: flags['exit-code'] === true,
  };
}
