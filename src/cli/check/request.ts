import { pluginCalled } from '../../words/kubectl.ts';
import { connectionFlags, namespaceWords } from '../connection-flags.ts';
import type { CheckRequest } from '../request.ts';
import { listFlag, printingFlags, textFlag, timeoutFlag } from '../request-flags.ts';
import { readTarget } from '../target.ts';
import type { FlagValues } from '../typed-flags.ts';
import { isUsageError, type UsageError, usageError } from '../usage-error.ts';

/** @param self how the program calls itself */
export function checkRequest(operands: readonly string[], flags: FlagValues, self: string): CheckRequest | UsageError {
  const printing = printingFlags(flags);
  if (isUsageError(printing)) return printing;
  const timeoutMilliseconds = timeoutFlag(flags);
  if (isUsageError(timeoutMilliseconds)) return timeoutMilliseconds;
  const named = listFlag(flags, 'filename');
  // A shell writes `-f *.yaml` as `-f a.yaml b.yaml`.
  const isFile = (operand: string) => named.length > 0 && /\.(?:ya?ml|json)$/i.test(operand);
  const files = [...named, ...operands.filter(isFile)];
  const images = operands.filter((operand) => !isFile(operand));
  if (files.length + images.length === 0) {
    return usageError(
      `error: expected 'check IMAGE... | -f FILE...'.\nIMAGE or FILE is a required argument for the check command\nSee '${self} check -h' for help and examples`,
    );
  }
  const workload = images.find(isWorkload);
  if (workload !== undefined) {
    const why = pluginCalled(self, printing.reachedBy, 'why', workload, ...namespaceWords(connectionFlags(flags)));
    return usageError(
      `error: ${workload} is a workload, not an image: why it fails says '${why}'\nAn image of this name is written docker.io/${workload}`,
    );
  }
  return {
    command: 'check',
    images,
    files,
    recursive: flags.recursive === true,
    secrets: listFlag(flags, 'secret'),
    serviceAccount: textFlag(flags, 'service-account'),
    node: textFlag(flags, 'node'),
    connection: connectionFlags(flags),
    ...printing,
    registryCa: textFlag(flags, 'registry-ca'),
    timeoutMilliseconds,
  };
}

/** As `deploy/web`, which could be an image of Docker Hub too, but hardly is. */
function isWorkload(operand: string): boolean {
  const [type, name, ...more] = operand.split('/');
  if (!type || !name || more.length > 0 || /[:@]/.test(name)) return false;
  const target = readTarget([operand], '');
  return !isUsageError(target) && target.type !== 'other';
}
