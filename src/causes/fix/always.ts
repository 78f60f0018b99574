import type { CauseCode, CauseFamily } from '../../values/cause-code.ts';
import type { Fix } from '../../values/verdict.ts';
import { theNode } from '../facts.ts';
import { isLocalOnly, presenceOf } from '../present-image.ts';
import type { ImageView } from '../view.ts';
import { letItPull } from './load-image.ts';

/**
 * Failures of a registry's answer or of the way to it that an image on the node makes needless. One without credentials may not have that
 * image either.
 */
const needless: ReadonlySet<CauseFamily> = new Set(['reference', 'rate', 'network', 'tls', 'registry']);

/** No registry has it: it was most likely made for the node, or loaded onto it. */
const ofNoRegistry: ReadonlySet<CauseCode> = new Set(['repository-not-found', 'not-found-or-denied']);

/**
 * The policy Always asks a registry also for an image that the node has. null: it has another policy, or the node is not known to have the
 * image.
 */
export function alwaysSentence(view: ImageView, family: CauseFamily): string | null {
  if (!isAsked(view, family) || presenceOf(view) !== 'present') return null;
  return `The image is on ${theNode(view)} already, but its pull policy, Always, has the kubelet ask ${isLocalOnly(view) ? 'a' : 'the'} registry at each start.`;
}

/** The fixes with the one that has the kubelet use the image on the node: in its place, as far as that is what was wanted. */
export function withImageOnNode(view: ImageView, code: CauseCode, family: CauseFamily, fixes: readonly Fix[]): readonly Fix[] {
  if (!isAsked(view, family)) return fixes;
  const isThere = presenceOf(view) === 'present';
  if (isLocalOnly(view)) {
    const use = letItPull(view, isThere ? 'let the kubelet use the image that is there' : 'and let the kubelet use it when it is there');
    if (isThere) return [use, ...fixes];
    return code === 'connect-refused' ? fixes.toSpliced(1, 0, use) : fixes;
  }
  if (!isThere) return fixes;
  if (ofNoRegistry.has(code))
    return [letItPull(view, 'if it was made for the node, let the kubelet use the image that is there'), ...fixes];
  return [...fixes, letItPull(view, 'until then, let the kubelet use the image that is there')];
}

function isAsked({ container }: ImageView, family: CauseFamily): boolean {
  return container.pull === 'failing' && container.pullPolicy === 'Always' && needless.has(family);
}
