import { comparedHost } from '../../image/compared-host.ts';
import type { ContainerFacts, NeighbourFailure, Neighbours, NeighbourTimes, PodFacts } from '../../values/evidence.ts';
import { alikeImages } from '../proposals/alike-images.ts';
import type { NeighbourPods } from './neighbour-pods.ts';
import { imageKey, referenceOf, type Use, usesOf } from './uses.ts';

type Asked = Pick<ContainerFacts, 'container' | 'kind' | 'image'>;

/** Longer lists would say no more. */
const longestList = 20;
/** Failures of each place whose words are kept. */
const mostFailures = 10;

/** How the other pods that are given fare with each of these images, and with their registries. */
export function neighboursOf(
  subject: PodFacts,
  images: readonly Asked[],
  { pods, cut, namespace, unlisted }: NeighbourPods,
): readonly Neighbours[] {
  const limits = { ...(cut && { cut }), ...(namespace !== null && { namespace }), ...(unlisted && { unlisted }) };
  return neighboursAmong(subject, images, usesOf(pods)).map((neighbours) => ({ ...neighbours, ...limits }));
}

/** The same where many ask about the same pods, whose images are read once. */
export function neighboursAmong(subject: PodFacts, images: readonly Asked[], uses: readonly Use[]): readonly Neighbours[] {
  const others = uses.filter((use) => use.uid !== subject.uid);
  return images.map((image) => neighbours(image, subject.node, others));
}

function neighbours({ container, kind, image }: Asked, node: string | null, uses: readonly Use[]): Neighbours {
  const reference = referenceOf(image);
  const [key, registry] = reference ? [imageKey(reference), comparedHost(reference.registry)] : [null, null];
  const same = uses.filter((use) => use.key === key);
  const siblings = uses.filter((use) => use.registry === registry && (use.key === key || !use.isPulled));
  const [here, elsewhere] = [siblings.filter((use) => use.node === node), siblings.filter((use) => use.node !== node)];
  const others = uses.filter((use) => use.registry !== registry && use.node === node && !use.isPulled);
  const failures = [...failuresOf(here, 'here'), ...failuresOf(elsewhere, 'elsewhere'), ...failuresOf(others, 'others')];
  return {
    container,
    kind,
    sameImageWorks: places(same.filter((use) => use.works)),
    sameImageFails: places(same.filter((use) => !use.works)),
    sameRegistryHere: count(here),
    sameRegistryElsewhere: count(elsewhere),
    otherRegistriesHere: count(others),
    ...(reference && reference.registry !== registry && { asWritten: count(writtenAs(reference.registry, siblings)) }),
    ...(failures.length > 0 && { failures }),
    ...alikeImages(reference, uses),
    timesHere: times(here),
    timesElsewhere: times(elsewhere),
  };
}

function writtenAs(host: string, uses: readonly Use[]): readonly Use[] {
  return uses.filter(({ name }) => name.startsWith(`${host}/`));
}

function places(uses: readonly Use[]): Neighbours['sameImageWorks'] {
  return uses.slice(0, longestList).map(({ pod, node }) => ({ pod, node }));
}

function times(uses: readonly Use[]): NeighbourTimes {
  const made = (some: readonly Use[]) => some.flatMap(({ at }) => (at === '' ? [] : [at])).sort((a, b) => Date.parse(a) - Date.parse(b));
  const works = uses.filter((use) => use.works);
  return {
    newestWorking: made(works).at(-1) ?? null,
    oldestFailing: made(uses.filter((use) => !use.works))[0] ?? null,
    newestPulled: made(works.filter((use) => use.isPulledAnew)).at(-1) ?? null,
  };
}

const placeOf = (use: Use) => `${use.node} ${use.key}`;

/** Each image and node once: one that works anywhere on a node counts as working there. */
function count(uses: readonly Use[]): { readonly works: number; readonly fails: number } {
  return { works: workingPlaces(uses).size, fails: failingUses(uses).size };
}

function workingPlaces(uses: readonly Use[]): ReadonlySet<string> {
  return new Set(uses.filter((use) => use.works).map(placeOf));
}

/** Of each image and node that fails, one of which something is said, if there is one. */
function failingUses(uses: readonly Use[]): ReadonlyMap<string, Use> {
  const works = workingPlaces(uses);
  const failing = uses.filter((use) => !works.has(placeOf(use)));
  return new Map(failing.sort((a, b) => Number(isTold(a)) - Number(isTold(b))).map((use) => [placeOf(use), use]));
}

function failuresOf(uses: readonly Use[], where: NeighbourFailure['where']): readonly NeighbourFailure[] {
  const failing = [...failingUses(uses).values()].sort((a, b) => Number(isTold(b)) - Number(isTold(a)));
  return failing.slice(0, mostFailures).map(({ name, node, waiting }) => ({ where, image: name, node, waiting }));
}

/** The back-off alone says nothing of its reason. */
function isTold({ waiting }: Use): boolean {
  return waiting !== null && !/^Back-off pulling image "[^"]*"$/.test(waiting.message ?? '') && (waiting.message ?? '') !== '';
}
