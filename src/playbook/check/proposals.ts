import type { ImageSpec, RegistryFacts, Step } from '../../values/evidence.ts';
import { type Exists, type ProposalSources, propose } from '../proposals/propose.ts';

/** What may have been meant where the name seems wrong, as `why` finds it: each looked for at its registry just now. */
export async function withProposals(
  registry: Step<RegistryFacts>,
  [image]: readonly ImageSpec[],
  sources: ProposalSources,
  exists: Exists,
): Promise<Step<RegistryFacts>> {
  if (registry.outcome !== 'done' || !image) return registry;
  const answered = registry.facts.images.map(async (answers) => {
    const proposals = await propose(image, answers, sources, exists);
    return proposals.length === 0 ? answers : { ...answers, proposals };
  });
  return { ...registry, facts: { ...registry.facts, images: await Promise.all(answered) } };
}
