import type { Table } from '../table.ts';

/** Where a pod is that has to be read in full. A row has no namespace. */
export interface Suspect {
  readonly name: string;
  readonly node: string;
  /** It is looked at only because it crashes, not because its row may stand for a failing pull. */
  readonly crashes: boolean;
}

/**
 * The pods of a page whose row may stand for a failing pull. It errs on the side of reading: what is not known to be something else is a
 * suspect.
 */
export function suspects({ columnDefinitions, rows }: Table): readonly Suspect[] {
  const titles = (columnDefinitions ?? []).map(({ name }) => name);
  const [name, ready, status, node, restarts] = ['Name', 'Ready', 'Status', 'Node', 'Restarts'].map((title) => titles.indexOf(title));
  const cell = (cells: readonly unknown[], index: number | undefined) => String(cells[index ?? -1] ?? '');
  return (rows ?? []).flatMap(({ cells }) => {
    const isSuspicious = isSuspect(cell(cells, ready), cell(cells, status));
    const crashes = !isSuspicious && isCrash(cell(cells, status), cell(cells, restarts));
    return isSuspicious || crashes ? [{ name: cell(cells, name), node: cell(cells, node), crashes }] : [];
  });
}

/** A program for another platform ends as soon as it starts, with an exit code; RESTARTS is `3` or `3 (20s ago)`. */
function isCrash(status: string, restarts: string): boolean {
  return /^(?:Init:)?(?:CrashLoopBackOff|Error)$/.test(status) && Number.parseInt(restarts, 10) >= 2;
}

/** STATUS of pods that fail for another reason, or not at all (printPod in Kubernetes' pkg/printers/internalversion/printers.go). */
const unsuspicious = new Set([
  'Running',
  'NotReady',
  'Completed',
  'Succeeded',
  'Failed',
  'Error',
  'Unknown',
  'Pending',
  'PodInitializing',
  'ContainerCreating',
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'ContainerCannotRun',
  'ContainerStatusUnknown',
  'OOMKilled',
  'StartError',
  'DeadlineExceeded',
  'Evicted',
]);

/**
 * STATUS shows one container's state, so with two that are not ready it may hide the one that matters. A pod that is being deleted is past
 * mending.
 */
function isSuspect(ready: string, status: string): boolean {
  if (status === 'Terminating') return false;
  const shown = status.replace(/^Init:/, '');
  if (!unsuspicious.has(shown) && !/^(?:(?:Signal|ExitCode):-?\d+|\d+\/\d+)$/.test(shown)) return true;
  const [, up, all] = /^(\d+)\/(\d+)$/.exec(ready) ?? [];
  return Number(all) - Number(up) >= 2;
}
