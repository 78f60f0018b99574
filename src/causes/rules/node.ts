import type { Alternative } from '../../values/verdict.ts';
import { roomFor } from '../disk.ts';
import { isLocalOnly, presenceOf } from '../present-image.ts';
import { replayOf } from '../registries/replay.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

/** What the node's own state adds. */
export const node: Rule = (view, finding) => {
  if (finding?.code === 'never-pull') return neverPull(view, finding);
  return finding ?? disk(view);
};

/** Where no text tells: a disk that the image does not fit on explains a failed pull, and one that is full may. */
function disk(view: ImageView): Finding | null {
  const room = roomFor(view);
  if (room?.state === 'too-small') return { code: 'disk-full', confidence: 'likely', alternatives: [] };
  if (room?.state !== 'full') return null;
  return { code: 'disk-full', confidence: room.cannotMakeRoom ? 'likely' : 'possible', alternatives: [] };
}

/** Where nothing else is known: what a disk leaves open on which the image fits only while it is compressed. */
export function mayNotFit(view: ImageView): readonly Alternative[] {
  return roomFor(view)?.state === 'tight' ? [alternative('disk-full')] : [];
}

/**
 * The kubelet's words are those of two cases: its version or its configuration tells which. Certain is only what it says of the pod now, in
 * the pod's status; a list of the node's images is never proof.
 */
function neverPull(view: ImageView, finding: Finding): Finding {
  const presence = presenceOf(view);
  if (presence === 'arrived') return { ...finding, confidence: 'likely', alternatives: [], retry: 'now' };
  const isStated = view.container.waiting?.reason === 'ErrImageNeverPull';
  if (presence === 'absent') return { ...finding, confidence: isStated ? 'certain' : 'likely', alternatives: [] };
  // What names no registry needs no credential of one, nor does what the registry gives to anyone.
  const needsNone = isLocalOnly(view) || replayOf(view)?.anonymous?.result === 'found';
  return { ...finding, confidence: 'likely', alternatives: needsNone ? [] : [alternative('auth-required')] };
}
