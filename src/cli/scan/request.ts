import type { Target } from '../../playbook/subject/subject.ts';
import { connectionFlags } from '../connection-flags.ts';
import type { SavedScanRequest, ScanRequest } from '../request.ts';
import { besideFrom, printingFlags, scanTimeout, textFlag, timeoutFlag, watchFlag } from '../request-flags.ts';
import { readTarget } from '../target.ts';
import type { FlagValues } from '../typed-flags.ts';
import { isUsageError, type UsageError, usageError } from '../usage-error.ts';

/** @param self how the program calls itself */
export function scanRequest(operands: readonly string[], flags: FlagValues, self: string): ScanRequest | SavedScanRequest | UsageError {
  const printing = printingFlags(flags);
  if (isUsageError(printing)) return printing;
  const timeoutMilliseconds = timeoutFlag(flags, scanTimeout);
  if (isUsageError(timeoutMilliseconds)) return timeoutMilliseconds;
  const probe = (['always', 'never'] as const).find((choice) => choice === (textFlag(flags, 'probe') ?? 'never'));
  if (probe === undefined) return usageError(`error: Invalid probe value (${flags.probe}). Must be "always" or "never".`);
  const targets = readTargets(operands, self);
  if (isUsageError(targets)) return targets;
  const allNamespaces = flags['all-namespaces'] === true;
  const conflict = targets.length === 0 ? null : conflictOf(allNamespaces, textFlag(flags, 'selector'), textFlag(flags, 'node'));
  if (conflict !== null) return usageError(conflict);
  const from = textFlag(flags, 'from');
  const common = {
    targets,
    selector: textFlag(flags, 'selector'),
    node: textFlag(flags, 'node'),
    ...printing,
  };
  if (from !== undefined) {
    const namespace = allNamespaces ? undefined : textFlag(flags, 'namespace');
    return besideFrom(flags) ?? { command: 'scan-saved', from, namespace, ...common };
  }
  const watch = watchFlag(flags);
  return {
    command: 'scan',
    ...common,
    allNamespaces,
    connection: connectionFlags(flags),
    probe,
    registry: flags['no-registry'] !== true,
    registryCa: textFlag(flags, 'registry-ca'),
    timeoutMilliseconds,
    ...(watch && { watch }),
  };
}

function readTargets(operands: readonly string[], self: string): readonly Target[] | UsageError {
  const targets: Target[] = [];
  for (const operand of operands) {
    if (!operand.includes('/')) {
      return usageError(
        `error: arguments must be in resource/name form, such as deploy/${operand}\nSee '${self} scan -h' for help and examples`,
      );
    }
    const target = readTarget([operand], self);
    if (isUsageError(target)) return target;
    targets.push(target);
  }
  return targets;
}

/** The first two texts are those of cli-runtime (pkg/resource/builder.go). */
function conflictOf(allNamespaces: boolean, selector: string | undefined, node: string | undefined): string | null {
  if (selector !== undefined) return 'error: name cannot be provided when a selector is specified';
  if (allNamespaces) return 'error: a resource cannot be retrieved by name across all namespaces';
  return node === undefined ? null : 'error: name cannot be provided when --node is specified';
}
