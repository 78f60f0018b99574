import { comparedHost } from '../../image/compared-host.ts';
import { formatReference, parseReference } from '../../image/reference.ts';
import type { ContainerFacts, Reference } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { readContainers } from '../pod/containers.ts';
import { isProbePod } from '../probe/pod.ts';
import { shorten } from '../shorten.ts';

/** One image in use on one node. */
export interface Use {
  /** The full name, its host as written. */
  readonly name: string;
  /** The same, and its registry, as names are compared. */
  readonly key: string;
  readonly registry: string;
  readonly node: string;
  readonly pod: string;
  readonly uid: string;
  /** When the pod was made. */
  readonly at: string;
  readonly works: boolean;
  /** It does not work, but is on the node: what fails is the making of its container. */
  readonly isPulled: boolean;
  /** It is pulled at every start: that it works shows that it was. */
  readonly isPulledAnew: boolean;
  /** Where it does not work. */
  readonly waiting: ContainerFacts['waiting'];
}

/** Characters of what is said of a neighbour: its head and its tail tell why. */
const longestText = 1000;

/** The images in use by these pods. Pods that pull nothing do not count. */
export function usesOf(pods: readonly RawPod[]): readonly Use[] {
  return pods.filter((pod) => !isProbePod(pod)).flatMap(usesOfPod);
}

export function referenceOf(image: string): Reference | null {
  const parsed = parseReference(image);
  return 'reference' in parsed ? parsed.reference : null;
}

/** What two names of one image have in common. */
export function imageKey(reference: Reference): string {
  return formatReference({ ...reference, registry: comparedHost(reference.registry) });
}

function usesOfPod(pod: RawPod): readonly Use[] {
  const node = pod.spec.nodeName;
  if (!node || pod.metadata.deletionTimestamp) return [];
  return readContainers(pod).flatMap(({ image, pull, pullPolicy, waiting }) => {
    const reference = referenceOf(image);
    if (!reference || pullPolicy === 'Never' || reference.registry === 'localhost' || (pull !== 'pulled' && pull !== 'failing')) return [];
    const works = pull === 'pulled';
    return [
      {
        name: formatReference(reference),
        key: imageKey(reference),
        registry: comparedHost(reference.registry),
        node,
        pod: `${pod.metadata.namespace}/${pod.metadata.name}`,
        uid: pod.metadata.uid,
        at: pod.metadata.creationTimestamp ?? '',
        works,
        isPulled: !works && isUnrunnable(waiting),
        isPulledAnew: pullPolicy === 'Always',
        waiting: works ? null : shortened(waiting),
      },
    ];
  });
}

/** The runtime read its configuration from the store of the node, and found nothing to run: charts and signatures are so. */
function isUnrunnable(waiting: ContainerFacts['waiting']): boolean {
  return waiting?.reason === 'CreateContainerError' && /no command specified/i.test(waiting.message ?? '');
}

function shortened(waiting: ContainerFacts['waiting']): ContainerFacts['waiting'] {
  return waiting && { reason: shorten(waiting.reason, longestText), message: waiting.message && shorten(waiting.message, longestText) };
}
