import { isOwnRegistry } from '../../values/address-class.ts';
import type { CauseCode } from '../../values/cause-code.ts';
import type { Place, Spread, Surroundings, Workstation } from '../../values/surroundings.ts';
import { catalogue } from '../catalogue.ts';
import { registryHost, theRegistry } from '../facts.ts';
import type { Finding, ImageView } from '../view.ts';
import type { NeighbourFares, ToldFares } from './neighbour-faults.ts';
import { beganToFail, changesOf, faresOf, isInUseElsewhere, type Sign, type SignName, signsOf } from './spread.ts';
import { spreadTable } from './spread-table.ts';
import { workstationOf } from './workstation.ts';

/**
 * What bears on a cause, and where it points: by the table that has weighed the cause too, so that nothing is said beside it which speaks
 * against it. Parts that point to different places are told, and point nowhere. null: nothing is known, or what was the matter is over.
 */
export function surroundings(view: ImageView, { code, retry }: Finding): Surroundings | null {
  // On every machine localhost is another: who else uses that name tells nothing.
  if (code === 'none' || (retry ?? catalogue[code].retry) === 'now') return null;
  const isLocal = isOwnRegistry(registryHost(view) ?? '');
  const spread = isLocal ? null : spreadOf(view, code);
  const workstation = isLocal ? null : workstationOf(view, code);
  const changes = changesOf(view).filter(({ what }) => bearing(`${what}-is-new`, code) === 'for');
  if (!spread && !workstation && changes.length === 0) return null;
  return { ...reconciled(spread, workstation), ...(changes.length > 0 && { changes }) };
}

/** What a sign says of a cause. */
function bearing(sign: SignName, code: CauseCode): 'for' | 'against' | 'neither' {
  const { more, less } = spreadTable[sign];
  if (more.includes(code)) return 'for';
  return less.includes(code) ? 'against' : 'neither';
}

/**
 * Causes that lie on the way between nodes and registry, or are not known: for these it tells something who else uses the registry, and
 * from where.
 */
const families: ReadonlySet<string> = new Set(['network', 'tls', 'registry', 'rate', 'node']);

/** The first of them that shows is told. */
const told = ['others-here', 'only-this-node', 'every-node', 'whole-node'] as const;

const places: Readonly<Record<Spread['sign'], Place | null>> = {
  'others-here': null,
  'only-this-node': 'node',
  'every-node': 'registry-or-shared-way',
  'whole-node': 'node',
};

function spreadOf(view: ImageView, code: CauseCode): Spread | null {
  const node = view.pod.node ?? view.node?.name;
  const fares = faresOf(view, code);
  if (!node || !fares || !view.neighbours || (code !== 'unknown' && !families.has(catalogue[code].family))) return null;
  const sign = firstTold(signsOf(view, code));
  if (!sign || !isWorthTelling(sign, fares, code)) return null;
  const { cut, namespace, timesHere, sameImageFails } = view.neighbours;
  const isTwinHere = sameImageFails.some((use) => use.node === node);
  const concludes = code === 'unknown' || bearing(sign.name, code) === 'for';
  return {
    sign: sign.name,
    registry: theRegistry(view),
    node,
    here: countsOf(fares.here, isTwinHere ? 0 : 1),
    elsewhere: countsOf(fares.elsewhere),
    others: countsOf(fares.others),
    imageElsewhere: isInUseElsewhere(view, view.neighbours),
    since: oldest(beganToFail(view), fares.here.fails > 0 ? (timesHere?.oldestFailing ?? null) : null),
    // Where the cause is not known, it may be one that the pattern does not fit.
    fresh: sign.fresh && code !== 'unknown',
    pointsAt: concludes ? places[sign.name] : null,
    ...(cut && { cut }),
    ...(namespace !== undefined && { namespace }),
  };
}

interface ToldSign {
  readonly name: Spread['sign'];
  readonly fresh: boolean;
}

function firstTold(signs: readonly Sign[]): ToldSign | null {
  const [first] = told.flatMap((name) => signs.flatMap((sign) => (sign.name === name ? [{ name, fresh: sign.fresh }] : [])));
  return first ?? null;
}

/**
 * What speaks against the cause is not told beside it, but that the registry answered the node about another image: that is no rule of
 * thumb.
 */
function isWorthTelling({ name, fresh }: ToldSign, { here }: NeighbourFares, code: CauseCode): boolean {
  if (name === 'others-here') return catalogue[code].family !== 'node' && (fresh || here.answered > 0);
  return bearing(name, code) !== 'against';
}

function countsOf({ works, fails, answered }: ToldFares, own = 0) {
  return { works, fails: fails + own, answered };
}

function oldest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(a) <= Date.parse(b) ? a : b;
}

function reconciled(spread: Spread | null, workstation: Workstation | null): Pick<Surroundings, 'spread' | 'workstation'> {
  if (!spread) return workstation ? { workstation } : {};
  if (!workstation) return { spread };
  const [first, second] = joint(spread, workstation);
  return { spread: { ...spread, pointsAt: first }, workstation: { ...workstation, pointsAt: second } };
}

/** Where each of the two points, in the light of the other. */
function joint(spread: Spread, workstation: Workstation): readonly [Place | null, Place | null] {
  const alone = [spread.pointsAt, workstation.pointsAt] as const;
  switch (spread.sign) {
    case 'others-here':
      // The registry answers, and does not: whether this workstation reaches it tells no place.
      return [null, workstation.sees === 'same-answer' ? workstation.pointsAt : null];
    case 'only-this-node':
      if (workstation.sees !== 'same-fault' || workstation.pointsAt === null || workstation.pointsAt === 'name') return alone;
      // Images in use elsewhere may have been pulled long ago; what this workstation sees is of now.
      return [null, spread.fresh ? 'shared-way' : workstation.pointsAt];
    case 'every-node':
      return workstation.sees === 'reached' ? [null, 'shared-way'] : [null, workstation.pointsAt];
    case 'whole-node':
      return workstation.sees === 'reached' ? alone : [null, workstation.pointsAt === 'name' ? 'name' : null];
  }
}
