import type { Neighbours } from '../values/evidence.ts';
import { failingSince, shortlyBefore } from '../values/failure-start.ts';
import { eventReasons } from '../values/pull-event.ts';
import type { ImageView } from './view.ts';

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
  /** It is about the time of the failure. An image in use may have been pulled long ago: it is a sign only with a pod that was started since, or that fails now. */
  readonly fresh: boolean;
}

/** The signs that the evidence shows of this image; none where its registry is `localhost`, which is another one on every machine. */
export function signsOf(view: ImageView): readonly Sign[] {
  if (view.spec?.reference?.registry === 'localhost') return [];
  const began = failingSince(view.events.filter(({ reason }) => eventReasons.has(reason)));
  return [...(view.neighbours ? placeSigns(view, view.neighbours, began) : []), ...changeSigns(view, began)];
}

function placeSigns(view: ImageView, neighbours: Neighbours, began: string | null): readonly Sign[] {
  const { sameRegistryHere: here, sameRegistryElsewhere: there, otherRegistriesHere: others, timesHere, timesElsewhere } = neighbours;
  const isWhole = !neighbours.cut && neighbours.namespace === undefined;
  const since = (time: string | null | undefined) => time != null && began !== null && Date.parse(time) > Date.parse(began);
  const elsewhere = (uses: Neighbours['sameImageWorks']) => uses.some(({ node }) => node !== view.pod.node);
  // What fails elsewhere may fail for a reason of its own, where this very image works.
  const worksElsewhere = elsewhere(neighbours.sameImageWorks);
  const signs: (Sign | false)[] = [
    here.works > 0 && { name: 'others-here', fresh: since(timesHere?.newestWorking) },
    here.works === 0 &&
      there.works > 0 &&
      (there.fails === 0 || worksElsewhere) && {
        name: 'only-this-node',
        fresh: there.fails === 0 && since(timesElsewhere?.newestWorking),
      },
    here.works === 0 && there.works === 0 && othersFail(view, neighbours) && { name: 'every-node', fresh: isWhole },
    here.works === 0 && others.works === 0 && others.fails > 1 && { name: 'whole-node', fresh: isWhole },
    worksElsewhere && { name: 'image-elsewhere', fresh: false },
    neighbours.sameImageWorks.length === 0 && elsewhere(neighbours.sameImageFails) && { name: 'image-nowhere', fresh: isWhole },
  ];
  return signs.filter((sign) => sign !== false);
}

/** Neighbours are named up to so many (playbook/node/neighbours.ts). */
const longestList = 20;

/** Not only this image fails on other nodes: one image that fails everywhere tells nothing of its registry. */
function othersFail({ pod }: ImageView, { sameImageFails, sameRegistryElsewhere }: Neighbours): boolean {
  const own = new Set(sameImageFails.map(({ node }) => node).filter((node) => node !== pod.node));
  return sameImageFails.length < longestList && sameRegistryElsewhere.fails > own.size;
}

function changeSigns({ node, secrets, pod }: ImageView, began: string | null): readonly Sign[] {
  const isNear = (time: string | null | undefined) => shortlyBefore(time, began) !== null;
  const signs: readonly (readonly [SignName, boolean])[] = [
    ['node-is-new', isNear(node?.createdAt)],
    ['secret-is-new', secrets.some(({ changedAt }) => isNear(changedAt))],
    ['rollout-is-new', isNear(pod.rollout?.since)],
  ];
  return signs.flatMap(([name, shows]) => (shows ? [{ name, fresh: false }] : []));
}
