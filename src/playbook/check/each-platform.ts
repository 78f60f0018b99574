import { formatPlatform } from '../../image/platform.ts';
import type { ImageRegistryFacts, NodePlatform, Platform, Reading, RegistryFacts, Step } from '../../values/evidence.ts';

/** Platforms whose images are read; clusters have two at most, but for those of laboratories. */
const most = 4;

/** The platforms of these nodes, each once. null in their place: it is not known, and any image stands for all. */
export function platformsOf(nodes: Reading<readonly NodePlatform[]>): readonly (Platform | null)[] {
  const known = 'obstacle' in nodes ? [] : nodes.value;
  const distinct = [...new Map(known.map(({ platform }) => [formatPlatform(platform), platform])).values()];
  return distinct.length === 0 ? [null] : distinct.slice(0, most);
}

/** What the registry says for each platform, as one answer: where their images differ, that of the one at which most is amiss. */
export async function askEach(
  platforms: readonly (Platform | null)[],
  ask: (platform: Platform | null) => Promise<Step<RegistryFacts>>,
): Promise<Step<RegistryFacts>> {
  const [first, ...others] = await Promise.all(platforms.map(ask));
  if (!first) throw new RangeError('no platform to ask for');
  return others.reduce(worse, first);
}

function worse(one: Step<RegistryFacts>, other: Step<RegistryFacts>): Step<RegistryFacts> {
  if (one.outcome !== 'done') return one;
  if (other.outcome !== 'done') return other;
  const images = one.facts.images.map((image, index) => worseOf(image, other.facts.images[index] ?? image));
  return { ...one, milliseconds: Math.max(one.milliseconds, other.milliseconds), facts: { ...one.facts, images } };
}

function worseOf(one: ImageRegistryFacts, other: ImageRegistryFacts): ImageRegistryFacts {
  const [chosen, beside] = rank(other) > rank(one) ? [other, one] : [one, other];
  if (!chosen.manifest || !beside.manifest) return chosen;
  const all = [...chosen.manifest.platforms, ...beside.manifest.platforms];
  const manifest = {
    ...chosen.manifest,
    platforms: [...new Map(all.map((platform) => [formatPlatform(platform), platform])).values()],
    size: null,
    // That of the others may be better.
    ...(rank(chosen) === ranks.faulty && rank(beside) !== ranks.faulty && rank(beside) !== ranks.none && { sample: true as const }),
  };
  return { ...chosen, manifest };
}

/** What was seen of a platform's image, the best last but for none: that there is none is said of the nodes for which there is none. */
const ranks = { none: 0, fine: 1, unseen: 2, unread: 3, faulty: 4 } as const;

function rank({ manifest, blob }: ImageRegistryFacts): number {
  if (blob !== null) return blob.fault !== null || (blob.status ?? 0) >= 400 ? ranks.faulty : ranks.fine;
  if (manifest?.unread !== undefined) return ranks.unread;
  return manifest === null || manifest.configMediaType === null ? ranks.none : ranks.unseen;
}
