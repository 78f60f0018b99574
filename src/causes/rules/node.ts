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

/** A pull that is under way and will end for want of room. */
export function willNotFit(view: ImageView): boolean {
  const state = roomFor(view)?.state;
  return state === 'full' || state === 'too-small';
}

/** A kubelet that checks credentials says "not present" also of an image that this pod's may not use (KEP-2535; error-messages 1.5). */
function mayBeHidden(view: ImageView): boolean {
  return verifiesCredentials(view) && (view.node?.imagesPresent.length ?? 0) > 0;
}
