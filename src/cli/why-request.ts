import { parseReference } from '../image/reference.ts';
import { connectionFlags } from './connection-flags.ts';
import { quote } from './go-values.ts';
import type { Printing, SavedRequest, WhyRequest } from './request.ts';
import { besideFrom, printingFlags, textFlag, timeoutFlag, watchFlag } from './request-flags.ts';
import { readTarget } from './target.ts';
import type { FlagValues } from './typed-flags.ts';
import { isUsageError, type UsageError, usageError } from './usage-error.ts';

/** Standard output has the report. */
const saveNeedsFile = 'error: --save needs the name of a file: standard output has the report (for one called "-": --save ./-)';

const probes = ['auto', 'always', 'never'] as const;

/** @param self how the program calls itself */
export function whyRequest(operands: readonly string[], flags: FlagValues, self: string): WhyRequest | SavedRequest | UsageError {
  const printing = printingFlags(flags);
  if (isUsageError(printing)) return printing;
  const container = textFlag(flags, 'container');
  if (textFlag(flags, 'save') === '-') return usageError(saveNeedsFile);
  const from = textFlag(flags, 'from');
  if (from) return savedRequest(from, operands, flags, { ...printing, container }, self);
  const probe = probes.find((choice) => choice === (flags.probe ?? 'auto'));
  if (probe === undefined) return usageError(`error: Invalid probe value (${flags.probe}). Must be "auto", "always", or "never".`);
  const probeImage = textFlag(flags, 'probe-image');
  const clash = clashOf(probe, probeImage, flags);
  if (clash) return usageError(clash);
  const timeoutMilliseconds = timeoutFlag(flags);
  if (isUsageError(timeoutMilliseconds)) return timeoutMilliseconds;
  const target = readTarget(operands, self);
  if (isUsageError(target)) return target;
  const watch = watchFlag(flags);
  return {
    command: 'why',
    target,
    container,
    ...printing,
    connection: connectionFlags(flags),
    probe,
    probeImage,
    probeNamespace: textFlag(flags, 'probe-namespace'),
    tryPull: flags['try-pull'] === true,
    nodeLogs: flags['node-logs'] === true,
    registry: flags['no-registry'] !== true,
    registryCa: textFlag(flags, 'registry-ca'),
    timeoutMilliseconds,
    save: textFlag(flags, 'save'),
    ...(watch && { watch }),
  };
}

function savedRequest(
  from: string,
  operands: readonly string[],
  flags: FlagValues,
  shown: Printing & Pick<SavedRequest, 'container'>,
  self: string,
) {
  const clash = besideFrom(flags);
  if (clash) return clash;
  const target = operands.length === 0 ? undefined : readTarget(operands, self);
  if (target !== undefined && isUsageError(target)) return target;
  const [namespace, save] = [textFlag(flags, 'namespace'), textFlag(flags, 'save')];
  return { command: 'why-saved', from, target, namespace, ...shown, save } satisfies SavedRequest;
}

/** Options that cannot both be meant. */
function clashOf(probe: WhyRequest['probe'], probeImage: string | undefined, flags: FlagValues): string | null {
  const together = (a: string, b: string) => `error: ${a} and ${b} cannot be used together`;
  if (flags['try-pull'] === true && flags['probe-namespace'])
    return `${together('--try-pull', '--probe-namespace')}: in another namespace the pod's secrets are not there`;
  if (probe === 'never' && flags['try-pull'] === true) return together('--try-pull', '--probe=never');
  if (probe === 'never' && probeImage) return together('--probe-image', '--probe=never');
  if (probeImage && !('reference' in parseReference(probeImage))) return `error: --probe-image: invalid image name ${quote(probeImage)}`;
  return null;
}
