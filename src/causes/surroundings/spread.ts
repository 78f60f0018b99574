import { isOwnRegistry } from '../../values/address-class.ts';
import type { CauseCode } from '../../values/cause-code.ts';
import type { Neighbours } from '../../values/evidence.ts';
import { failingSince, shortlyBefore } from '../../values/failure-start.ts';
import { eventReasons } from '../../values/pull-event.ts';
import type { Change } from '../../values/surroundings.ts';
import { ofConfiguration } from '../fix/right-host.ts';
import type { ImageView } from '../view.ts';
import { type NeighbourFares, neighbourFares } from './neighbour-faults.ts';

/** What the pattern of who fails and who does not looks like, and what changed just before it began. */
export type SignName =
  | 'only-this-node'
  | 'every-node'
  | 'whole-node'
  | 'others-here'
  | 'image-elsewhere'
  | 'image-nowhere'
  | 'node-is-new'
  | 'secret-is-new'
  | 'rollout-is-new';

export interface Sign {
  readonly name: SignName;
  /**
   * It is about the time of the failure. An image in use may have been pulled long ago: it is a sign only with a pod that was made since
   * and pulls at every start, or that fails now and says why.
   */
  readonly fresh: boolean;
}

/**
 * The signs that the evidence shows of this image, where this cause is to be weighed; none where its registry is another one on every
 * machine.
 */
export function signsOf(view: ImageView, code: CauseCode): readonly Sign[] {
  if (isOwnRegistry(view.spec?.reference?.registry ?? '')) return [];
  return [...placeSigns(view, code), ...changeSigns(view)];
}

/** When this pull began to fail, RFC 3339; null: no event is left. */
export function beganToFail({ events }: ImageView): string | null {
  return failingSince(events.filter(({ reason }) => eventReasons.has(reason)));
}

/** How the neighbours fare; null where none are known, or none can be compared: the runtime is configured for a host as it is written. */
export function faresOf(view: ImageView, code: CauseCode): NeighbourFares | null {
  const { neighbours, container, pod } = view;
  if (neighbours === null || (neighbours.asWritten && ofConfiguration.has(code))) return null;
  return neighbourFares(neighbours, pod.node, container.image, code);
}

function placeSigns(view: ImageView, code: CauseCode): readonly Sign[] {
  const fares = faresOf(view, code);
  if (fares === null || view.neighbours === null) return [];
  const { here, elsewhere: there, others, imageElsewhere } = fares;
  const { neighbours } = view;
  const began = beganToFail(view);
  const isWhole = !neighbours.cut && neighbours.namespace === undefined;
  const since = (time: string | null | undefined) => time != null && began !== null && Date.parse(time) > Date.parse(began);
  const worksElsewhere = isInUseElsewhere(view, neighbours);
  const isReached = here.works + here.answered > 0;
  // Where nothing is known of this pull, an image that is missing on other nodes may be missing here.
  const isReachedThere = there.works + there.answered - (code === 'unknown' ? imageElsewhere.own : 0) > 0;
  const nowhere = neighbours.sameImageWorks.length === 0 && imageElsewhere.own + imageElsewhere.untold > 0;
  const signs: (Sign | false)[] = [
    isReached && { name: 'others-here', fresh: since(neighbours.timesHere?.newestPulled) },
    // What fails elsewhere may fail for a reason of its own, where this very image works.
    !isReached &&
      isReachedThere &&
      (there.fails === 0 || worksElsewhere) && {
        name: 'only-this-node',
        fresh: there.fails === 0 && since(neighbours.timesElsewhere?.newestPulled),
      },
    !isReached && !isReachedThere && failElsewhere(view, neighbours, fares) && { name: 'every-node', fresh: isWhole && there.isTold },
    !isReached && others.works + others.answered === 0 && others.fails > 1 && { name: 'whole-node', fresh: isWhole && others.isTold },
    worksElsewhere && { name: 'image-elsewhere', fresh: false },
    nowhere && { name: 'image-nowhere', fresh: isWhole && imageElsewhere.untold === 0 },
  ];
  return signs.filter((sign) => sign !== false);
}

/** The very image, on another node. */
export function isInUseElsewhere({ pod }: ImageView, { sameImageWorks }: Neighbours): boolean {
  return sameImageWorks.some(({ node }) => node !== pod.node);
}

/** Neighbours are named up to so many (playbook/node/neighbours.ts). */
const longestList = 20;

/**
 * Not only this image fails on other nodes, or it does for a reason that nodes share: one that fails everywhere, and does not say why,
 * tells nothing of its registry.
 */
function failElsewhere({ pod }: ImageView, { sameImageFails }: Neighbours, { elsewhere, imageElsewhere }: NeighbourFares): boolean {
  if (imageElsewhere.shared > 0) return true;
  const same = new Set(sameImageFails.map(({ node }) => node).filter((node) => node !== pod.node));
  return sameImageFails.length < longestList && elsewhere.fails > same.size - imageElsewhere.own;
}

function changeSigns(view: ImageView): readonly Sign[] {
  return [...new Set(changesOf(view).map(({ what }) => `${what}-is-new` as const))].map((name) => ({ name, fresh: false }));
}

/** What changed shortly before it began to fail: the node came, a revision was rolled out, a pull Secret was written. */
export function changesOf(view: ImageView): readonly Change[] {
  const { node, secrets, pod } = view;
  const began = beganToFail(view);
  const change = (what: Change['what'], name: string | null, at: string | null | undefined): readonly Change[] => {
    const before = shortlyBefore(at, began);
    return at == null || before === null ? [] : [{ what, name, at, before }];
  };
  const revision = pod.rollout?.revision;
  return [
    ...change('node', node?.name ?? null, node?.createdAt),
    ...change('rollout', revision === undefined ? null : String(revision), pod.rollout?.since),
    ...secrets.flatMap(({ name, changedAt }) => change('secret', name, changedAt)),
  ];
}
