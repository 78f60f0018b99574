import { type SavedScope, savedPods } from '../../playbook/saved/failing-pods.ts';
import { CommandError } from '../program-errors.ts';
import type { Saved } from './read-saved.ts';

/** A namespace or a node of which a file holds nothing is no place where all is well. @throws CommandError */
export function refuseUnknownPlace(saved: Saved, { namespace, node }: SavedScope): void {
  const { name, evidence, objects } = saved;
  const isKnown = (scope: SavedScope) =>
    evidence.some(
      ({ pod }) =>
        (scope.namespace === undefined || pod.namespace === scope.namespace) && (scope.node === undefined || pod.node === scope.node),
    ) || !savedPods(objects, scope).next().done;
  if (namespace !== undefined && !isKnown({ namespace }) && !objects.has('Event', namespace))
    throw new CommandError(`error: ${name} holds nothing of namespace "${namespace}"`);
  if (node !== undefined && !isKnown({ namespace: undefined, node }) && !hasNode(saved, node))
    throw new CommandError(`error: ${name} holds neither node "${node}" nor pods of it`);
}

function hasNode({ objects }: Saved, name: string): boolean {
  for (const { metadata } of objects.each('Node')) if (metadata?.name === name) return true;
  return false;
}
