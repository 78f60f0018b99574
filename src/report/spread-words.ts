import type { CauseCode, CauseFamily } from '../values/cause-code.ts';
import type { Evidence, Neighbours, NodeFacts } from '../values/evidence.ts';
import type { Verdict } from '../values/verdict.ts';
import { count } from '../words/amounts.ts';
import { age } from '../words/durations.ts';

/** Causes that lie on the way between nodes and registry: for these it tells something who else uses the registry, and from where. */
const onTheWay: ReadonlySet<CauseFamily> = new Set(['network', 'tls', 'registry', 'rate', 'node']);

/** The registry has answered the node: that images of other registries fail there too is another matter. */
const answered: ReadonlySet<CauseFamily> = new Set(['registry', 'rate']);

/** Causes within a node: that its registry's images fail on others too, or some work here, tells nothing of the registry. */
const withinNode: ReadonlySet<CauseCode> = new Set([
  'disk-full',
  'never-pull',
  'pull-throttled',
  'runtime-unavailable',
  'content-store-damaged',
  'unpack-failed',
]);

export interface Failure {
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  readonly family: CauseFamily;
  /** The oldest failure that is known of, RFC 3339; null where none is. */
  readonly since: string | null;
}

/**
 * Whether it is this image, this node, this registry or everything, in a sentence; null where too little is known. An image in use may have been pulled long
 * ago: only pods that were made after the failure began say for sure that it works there.
 */
export function blastRadius({ evidence, verdict, family, since }: Failure, node: NodeFacts, neighbours: Neighbours): string | null {
  if (!onTheWay.has(family)) return null;
  const registry = verdict.reference?.registry ?? 'this registry';
  const { sameRegistryHere: here, sameRegistryElsewhere: there, otherRegistriesHere: others, namespace, cut } = neighbours;
  const seen = `${namespace === undefined ? '' : ` (of namespace ${namespace})`}${cut ? ', of the pods that could be listed' : ''}`;
  const began = oldest(since, neighbours.timesHere?.oldestFailing ?? null);
  const started = age(began, evidence.collectedAt);
  const lasting = started === null ? '' : ` for ${started}`;
  if (withinNode.has(verdict.code) && (here.works > 0 || there.works === 0)) return null;
  if (here.works > 0) {
    if (!isLater(neighbours.timesHere?.newestWorking, began)) return null;
    return `Meanwhile a pod with another image from ${registry} was started on ${node.name}${seen}: it is not the whole node.`;
  }
  if (others.works === 0 && others.fails > 1 && here.fails + there.fails === 0) {
    if (answered.has(family)) return null;
    return `${others.fails} images from other registries fail on ${node.name} too, and none works${seen}: it points at the node, not at ${registry}.`;
  }
  const failing = here.fails + 1;
  const all =
    failing === 1
      ? `The one image from ${registry} on ${node.name} fails`
      : `${failing === 2 ? 'Both' : `All ${failing}`} images from ${registry} fail on ${node.name}`;
  if (there.works > 0 && there.fails === 0) {
    const sure = isLater(neighbours.timesElsewhere?.newestWorking, began);
    return `${all}${lasting}, and on other nodes ${count(there.works, 'image')} from it ${there.works === 1 ? 'is' : 'are'} in use and none fails${seen}${sure ? ', some started since' : ''}: ${sure ? 'it is the node' : 'it points at the node'}.`;
  }
  if (there.works > 0 && neighbours.sameImageWorks.some((use) => use.node !== node.name)) {
    return `${all}${lasting}, and on other nodes ${there.works} of ${there.works + there.fails} are in use, this one among them${seen}: it points at the node.`;
  }
  if (there.works === 0 && there.fails > 0) {
    return `${all}${lasting}, and so do ${there.fails} on other nodes, and none works anywhere${seen}: it is the registry, or what all nodes share on the way to it.`;
  }
  return null;
}

function oldest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(a) <= Date.parse(b) ? a : b;
}

function isLater(time: string | null | undefined, than: string | null): boolean {
  return time != null && than !== null && Date.parse(time) > Date.parse(than);
}
