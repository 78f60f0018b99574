import type { Alternative } from '../../values/verdict.ts';
import { roomFor } from '../disk.ts';
import { verifiesCredentials } from '../kubelet-config.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

/** What the node's own state adds. */
export const node: Rule = (view, finding) => {
  if (finding?.code === 'never-pull' && mayBeHidden(view)) {
    return { ...finding, confidence: 'likely', alternatives: [alternative('auth-required')] };
  }
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

/** A kubelet that checks credentials says "not present" also of an image that this pod's may not use (KEP-2535; error-messages 1.5). */
function mayBeHidden(view: ImageView): boolean {
  return verifiesCredentials(view) && (view.node?.imagesPresent.length ?? 0) > 0;
}
