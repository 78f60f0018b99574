import { isOwnRegistry } from '../../values/address-class.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, imageName, otherHost, registryHost, theFailingHost, theNode } from '../facts.ts';
import { exemptImage, loadImage, rename } from '../fix/load-image.ts';
import { correctWhereItLeads } from '../fix/other-host.ts';
import { present } from '../fix/present.ts';
import { moveAway, setImage } from '../fix/workload.ts';
import { isLocalOnly, presenceOf } from '../present-image.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';
import { elsewhere, portOf } from './registry-way.ts';

export const connectRefused: CatalogueEntry = {
  family: 'network',
  title: 'the connection is refused',
  retry: 'never',
  explanation: (view) =>
    sentences(
      ...(isLocalOnly(view)
        ? [
            `${imageName(view)} is in no registry: localhost names images that were made or loaded on the node itself${whereabouts(view)}.`,
            'So it was looked for at a registry on the node, where nothing listens.',
          ]
        : [
            `${capitalised(theNode(view))} reached ${theFailingHost(view)}, and nothing accepts connections at that port.`,
            ownRegistry(view),
            elsewhere(view),
          ]),
    ),
  fixes(view) {
    if (isLocalOnly(view)) {
      const presence = presenceOf(view);
      const isThere = presence === 'present' || presence === 'arrived' || presence === 'listed';
      const isAsked = view.container.pullPolicy !== 'Always' && (presence === 'present' || presence === 'listed' || presence === 'unknown');
      const exempt = isAsked ? exemptImage(view) : null;
      return present(isThere ? null : loadImage(view), exempt, rename(view));
    }
    if (ownRegistry(view))
      return [
        setImage(view, null, 'write the image with the host by which the nodes reach it'),
        { title: `or run the registry, or a proxy to it, at ${portOf(view)} of each node`, commands: [] },
      ];
    return present(
      { title: `start ${otherHost(view) ? 'what serves' : 'the registry'}, or what stands before it, at ${portOf(view)}`, commands: [] },
      otherHost(view) && !view.worksElsewhere ? correctWhereItLeads(view) : null,
      elsewhere(view) || otherHost(view) ? null : setImage(view, null, 'if the host or port in the image name is wrong, correct it'),
      moveAway(view),
    );
  },
};

/** null: it is not a registry by the name of the machine itself that did not answer. */
function ownRegistry(view: ImageView): string | null {
  const host = registryHost(view);
  if (host === null || otherHost(view) !== null || !isOwnRegistry(host)) return null;
  return `${clip(host)} is on each machine that machine itself, here ${theNode(view)}.`;
}

/** Where it is there, why it is not used is said besides (circumstances.ts). */
function whereabouts(view: ImageView): string {
  switch (presenceOf(view)) {
    case 'absent':
      return `, and ${theNode(view)} does not have this one`;
    case 'arrived':
      return `, and ${theNode(view)} did not have this one; by now it lists it`;
    case 'listed':
      return `, and ${theNode(view)} did not have this one, or did not let this pod use it; by now it lists it`;
    case 'unlisted':
      return `, and ${theNode(view)} does not list this one`;
    case 'present':
      return '';
    case 'unknown':
      if (view.container.pullPolicy === 'Always') return '';
      return `, and ${theNode(view)} does not have this one, or does not let this pod use it`;
  }
}
