import type { Proposal, ProposalReason } from '../../values/evidence.ts';
import type { Fix } from '../../values/verdict.ts';
import { clip } from '../../words/text.ts';
import type { ImageView } from '../view.ts';
import { setImage } from './workload.ts';

const titles: Readonly<Record<ProposalReason, string>> = {
  moved: 'use the image where it lies now',
  host: 'use the registry without the mistake in its name',
  library: 'use the repository under its full name',
  separator: 'use the repository without the mistake in its name',
  'in-use': 'use the repository that other pods here run from',
  'earlier-rollout': 'use the repository of the rollout before',
};

/** The images that may have been meant and that their registries served just now. */
export function proposals(view: ImageView): readonly Proposal[] {
  return (view.registry?.proposals ?? []).filter(({ verified }) => verified);
}

/** One fix for each, the likeliest first; empty where there is none. */
export function useProposals(view: ImageView): readonly Fix[] {
  return proposals(view).map(({ reference, why }, index) => setImage(view, reference, `${index === 0 ? '' : 'or '}${titles[why]}`));
}

/** `registry.k8s.io/pause:3.9 exists, …`; null where nothing is proposed. */
export function proposalSentence(view: ImageView): string | null {
  const [first] = proposals(view);
  return first ? `${clip(first.reference)} exists, and may be what was meant.` : null;
}

/** The same view with only those proposals that mend the name of the host: where that is what failed. */
export function withHostProposals(view: ImageView): ImageView {
  if (!view.registry) return view;
  return { ...view, registry: { ...view.registry, proposals: proposals(view).filter(({ why }) => why === 'host' || why === 'moved') } };
}
