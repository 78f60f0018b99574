import { roomFor } from '../disk.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

/** What the node's own state adds. */
export const node: Rule = (view, finding) => {
  if (finding?.code === 'never-pull' && mayBeHidden(view.node?.kubelet, view.node?.imagesPresent.length ?? 0)) {
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

/** From 1.35 on the kubelet says "not present" also of an image that this pod's credentials may not use (KEP-2535; error-messages 1.5). */
function mayBeHidden(kubelet: string | undefined, present: number): boolean {
  const minor = Number(/^v?1\.(\d+)/.exec(kubelet ?? '')?.[1] ?? 0);
  return minor >= 35 && present > 0;
}
