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

/**
 * The same where the registry wants a login: what pods here run, or ran, from another registry is no correction of a name, so it comes after
 * the login.
 */
export function useProposalsAfterLogin(view: ImageView): { readonly likely: readonly Fix[]; readonly elsewhere: readonly Fix[] } {
  const home = `${view.spec?.reference?.registry ?? ''}/`;
  const isElsewhere = ({ reference, why }: Proposal) => (why === 'in-use' || why === 'earlier-rollout') && !reference.startsWith(home);
  const all = proposals(view);
  return {
    likely: all
      .filter((one) => !isElsewhere(one))
      .map((one, index) => setImage(view, one.reference, `${index === 0 ? '' : 'or '}${titles[one.why]}`)),
    elsewhere: all
      .filter(isElsewhere)
      .map((one) => setImage(view, one.reference, `or ${titles[one.why]}, if what another registry has will do as well`)),
  };
}

/** The same for a digest: those that mend the name of what was pinned, and those that come from elsewhere or are something else. */
export function useProposalsForDigest(view: ImageView): { readonly corrected: readonly Fix[]; readonly others: readonly Fix[] } {
  const { registry, digest } = view.spec?.reference ?? {};
  const keeps = (one: Proposal) => keepsDigest(one, digest ?? null);
  const corrects = (one: Proposal) => keeps(one) && (one.why === 'moved' || one.why === 'host' || one.reference.startsWith(`${registry}/`));
  const warning = (one: Proposal) => (keeps(one) ? '' : `: ${otherContent}`);
  const fix = (one: Proposal, or: string) => setImage(view, one.reference, `${or}${titles[one.why]}${warning(one)}`);
  const all = proposals(view);
  return {
    corrected: all.filter(corrects).map((one, index) => fix(one, index === 0 ? '' : 'or ')),
    others: all.filter((one) => !corrects(one)).map((one) => fix(one, 'or ')),
  };
}

function keepsDigest({ reference }: Proposal, digest: string | null): boolean {
  return digest === null || reference.endsWith(`@${digest}`);
}

/** Said of whatever takes the place of a digest. */
export const otherContent = 'other content than the digest that was pinned, so look at what changed first';

/** `registry.k8s.io/pause:3.9 exists, …`; null where nothing is proposed. */
export function proposalSentence(view: ImageView): string | null {
  const first = proposals(view).find((one) => keepsDigest(one, view.spec?.reference?.digest ?? null));
  return first ? `${clip(first.reference)} exists, and may be what was meant.` : null;
}

/** The same view with only those proposals that mend the name of the host: where that is what failed. */
export function withHostProposals(view: ImageView): ImageView {
  if (!view.registry) return view;
  return { ...view, registry: { ...view.registry, proposals: proposals(view).filter(({ why }) => why === 'host' || why === 'moved') } };
}
