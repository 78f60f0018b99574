import type { AttemptResult } from '../../values/evidence.ts';
import type { Fix } from '../../values/verdict.ts';
import { clip } from '../../words/text.ts';
import { imageName, isAbsent, theNode } from '../facts.ts';
import { exemptImage, letItPull, letItPullWithSecret, loadImage, rename } from '../fix/load-image.ts';
import { present } from '../fix/present.ts';
import { isLocalOnly, presenceOf } from '../present-image.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

export const neverPull: CatalogueEntry = {
  family: 'node',
  title: 'not to be had on the node, and not to be pulled',
  retry: 'never',
  explanation: (view) => `The pull policy of ${clip(view.container.container)} is Never, and ${imageName(view)} ${whereabouts(view)}.`,
  fixes(view) {
    const presence = presenceOf(view);
    if (presence === 'arrived') return [];
    const isThere = presence === 'present' || presence === 'listed';
    const load = isThere ? null : loadImage(view);
    const exempt = isThere || presence === 'unknown' ? exemptImage(view) : null;
    if (isLocalOnly(view)) return alternatives(load, exempt, rename(view));
    const pull = needsCredential(view) ? letItPullWithSecret(view) : letItPull(view);
    // Pulled, it would only fail anew.
    if (isAbsent(view))
      return alternatives(
        load,
        { ...pull, title: `name an image that the registry has (this one it does not), and ${pull.title}` },
        exempt,
      );
    return alternatives(pull, load, exempt);
  },
};

/**
 * The pod has none to send, and nobody gets it without: by the registry's own word, else by the kubelet's, which keeps it from this pod.
 */
function needsCredential(view: ImageView): boolean {
  if ((view.credentials?.tries.length ?? 0) > 0) return false;
  const nobody = view.registry?.attempts.find(({ credential, result }) => credential === null && answers.has(result));
  return nobody ? nobody.result !== 'found' : presenceOf(view) === 'present';
}

const answers: ReadonlySet<AttemptResult> = new Set(['found', 'unauthorized', 'token-refused', 'forbidden']);

/** The first that applies, and what may be done instead of it. */
function alternatives(...fixes: readonly (Fix | null)[]): Fix[] {
  return present(...fixes).map((fix, index) => (index === 0 ? fix : { ...fix, title: `or ${fix.title}` }));
}

function whereabouts(view: ImageView): string {
  const hidden = 'its kubelet lets a pod have it only with a credential that may pull it (KEP-2535)';
  switch (presenceOf(view)) {
    case 'absent':
      return `is not on ${theNode(view)}`;
    case 'arrived':
      return `was not on ${theNode(view)} when its kubelet last looked; by now the node lists it`;
    case 'listed':
      return `was not to be had on ${theNode(view)}, which lists it by now: it has come since its kubelet last looked, or ${hidden}`;
    case 'unlisted':
      return `is not among the ${view.node?.imagesListed ?? 0} images that ${theNode(view)} lists (the list may be minutes old)`;
    case 'present':
      return `is on ${theNode(view)}, but the kubelet does not give it to this pod: ${hidden}, and this pod has shown none`;
    case 'unknown':
      return `is not on ${theNode(view)}, or is there and ${hidden}`;
  }
}
