import { formatReference, parseReference } from '../../image/reference.ts';
import type { ContainerFacts, Neighbours, NeighbourTimes, PodFacts, Reference } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { readContainers } from '../pod/containers.ts';
import { isProbePod } from '../probe/pod.ts';
import { alikeImages } from '../proposals/alike-images.ts';
import type { NeighbourPods } from './neighbour-pods.ts';

type Asked = Pick<ContainerFacts, 'container' | 'kind' | 'image'>;

/** One image in use on one node. */
export interface Use {
  readonly name: string;
  readonly registry: string;
  readonly node: string;
  readonly pod: string;
  readonly uid: string;
  /** When the pod was made. */
  readonly at: string;
  readonly works: boolean;
}

/** Longer lists would say no more. */
const longestList = 20;

/** How the other pods that are given fare with each of these images, and with their registries. Pods that pull nothing do not count. */
export function neighboursOf(subject: PodFacts, images: readonly Asked[], { pods, cut, namespace }: NeighbourPods): readonly Neighbours[] {
  const limits = { ...(cut && { cut }), ...(namespace !== null && { namespace }) };
  return neighboursAmong(subject, images, usesOf(pods)).map((neighbours) => ({ ...neighbours, ...limits }));
}

/** The same where many ask about the same pods, whose images are read once. */
export function neighboursAmong(subject: PodFacts, images: readonly Asked[], uses: readonly Use[]): readonly Neighbours[] {
  const others = uses.filter((use) => use.uid !== subject.uid);
  return images.map((image) => neighbours(image, subject.node, others));
}

/** The images in use by these pods. */
export function usesOf(pods: readonly RawPod[]): readonly Use[] {
  return pods.filter((pod) => !isProbePod(pod)).flatMap(usesOfPod);
}

function neighbours({ container, kind, image }: Asked, node: string | null, uses: readonly Use[]): Neighbours {
  const reference = referenceOf(image);
  const name = reference && formatReference(reference);
  const same = uses.filter((use) => use.name === name);
  const others = uses.filter((use) => use.registry !== reference?.registry);
  const siblings = uses.filter((use) => use.registry === reference?.registry);
  const [here, elsewhere] = [siblings.filter((use) => use.node === node), siblings.filter((use) => use.node !== node)];
  return {
    container,
    kind,
    sameImageWorks: places(same.filter((use) => use.works)),
    sameImageFails: places(same.filter((use) => !use.works)),
    sameRegistryHere: count(here),
    sameRegistryElsewhere: count(elsewhere),
    otherRegistriesHere: count(others.filter((use) => use.node === node)),
    ...alikeImages(reference, uses),
    timesHere: times(here),
    timesElsewhere: times(elsewhere),
  };
}

function referenceOf(image: string): Reference | null {
  const parsed = parseReference(image);
  return 'reference' in parsed ? parsed.reference : null;
}

function usesOfPod(pod: RawPod): readonly Use[] {
  const node = pod.spec.nodeName;
  if (!node || pod.metadata.deletionTimestamp) return [];
  return readContainers(pod).flatMap(({ image, pull, pullPolicy }) => {
    const reference = referenceOf(image);
    if (!reference || pullPolicy === 'Never' || reference.registry === 'localhost' || (pull !== 'pulled' && pull !== 'failing')) return [];
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    return [
      {
        name: formatReference(reference),
        registry: reference.registry,
        node,
        pod: name,
        uid: pod.metadata.uid,
        at: pod.metadata.creationTimestamp ?? '',
        works: pull === 'pulled',
      },
    ];
  });
}

function places(uses: readonly Use[]): Neighbours['sameImageWorks'] {
  return uses.slice(0, longestList).map(({ pod, node }) => ({ pod, node }));
}

function times(uses: readonly Use[]): NeighbourTimes {
  const made = (works: boolean) =>
    uses.flatMap((use) => (use.works === works && use.at !== '' ? [use.at] : [])).sort((a, b) => Date.parse(a) - Date.parse(b));
  return { newestWorking: made(true).at(-1) ?? null, oldestFailing: made(false)[0] ?? null };
}

/** Each image and node once: one that works anywhere on a node counts as working there. */
function count(uses: readonly Use[]): { readonly works: number; readonly fails: number } {
  const key = (use: Use) => `${use.node} ${use.name}`;
  const works = new Set(uses.filter((use) => use.works).map(key));
  const fails = new Set(uses.map(key).filter((use) => !works.has(use)));
  return { works: works.size, fails: fails.size };
}
