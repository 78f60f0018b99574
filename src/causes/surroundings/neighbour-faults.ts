import { comparedHost } from '../../image/compared-host.ts';
import { parseReference } from '../../image/reference.ts';
import type { CauseCode } from '../../values/cause-code.ts';
import type { NeighbourFailure, Neighbours } from '../../values/evidence.ts';
import type { Fares } from '../../values/surroundings.ts';
import { isAnswer } from '../answer.ts';
import { catalogue } from '../catalogue.ts';
import { waitingText } from '../choose-text.ts';
import { read } from '../reader/read.ts';

/**
 * Where the fault lies that a neighbour tells of. `own`: in its image or credential, which its registry told it; `aside`: nobody was asked.
 */
type Kind = 'way' | 'registry' | 'node' | 'own' | 'aside' | 'unknown';

/** How neighbours fare, as far as it tells of a cause. */
export interface NeighbourFares {
  readonly here: ToldFares;
  readonly elsewhere: ToldFares;
  readonly others: ToldFares;
  /** The very image, on other nodes: where it fails for a reason of its own, or for one that nodes share. */
  readonly imageElsewhere: { readonly own: number; readonly shared: number; readonly untold: number };
}

/** `isTold`: those that fail say why. */
export interface ToldFares extends Fares {
  readonly isTold: boolean;
}

/**
 * Reads what neighbours say of their failures, and counts those that may have the same cause. A pod that fails for its own missing tag says
 * nothing of node and registry but that they reach each other.
 */
export function neighbourFares(neighbours: Neighbours, node: string | null, image: string, code: CauseCode): NeighbourFares {
  const read = (neighbours.failures ?? []).map((failure) => ({ ...failure, kind: kindOf(codeOf(failure)) }));
  const of = (where: NeighbourFailure['where'], { works, fails }: { readonly works: number; readonly fails: number }): ToldFares => {
    const listed = read.filter((failure) => failure.where === where);
    const counted = listed.filter(({ kind }) => counts(kind, where, kindOf(code)));
    const left = Math.max(0, fails - (listed.length - counted.length));
    const isTold = left === 0 || (counted.length > 0 && counted.every(({ kind }) => kind !== 'unknown'));
    return {
      works,
      fails: left,
      answered: listed.filter((failure) => failure.kind === 'own' && !counted.includes(failure)).length,
      isTold,
    };
  };
  const key = keyOf(image);
  const same = read.filter((failure) => failure.where === 'elsewhere' && keyOf(failure.image) === key);
  const own = same.filter(({ kind }) => kind === 'own').length;
  const shared = same.filter(({ kind }) => kind !== 'unknown' && counts(kind, 'elsewhere', kindOf(code))).length;
  const failing = new Set(neighbours.sameImageFails.map((use) => use.node).filter((name) => name !== node)).size;
  return {
    here: of('here', neighbours.sameRegistryHere),
    elsewhere: of('elsewhere', neighbours.sameRegistryElsewhere),
    others: of('others', neighbours.otherRegistriesHere),
    imageElsewhere: { own, shared, untold: Math.max(0, failing - same.filter(({ kind }) => kind !== 'unknown').length) },
  };
}

function codeOf(failure: NeighbourFailure): CauseCode {
  const text = waitingText(failure);
  return text === null ? 'unknown' : read(text, failure.image).code;
}

function kindOf(code: CauseCode): Kind {
  if (code === 'mirror-misconfigured' || code === 'pull-stalled') return 'way';
  if (code === 'registry-address-blocked') return 'registry';
  if (code === 'never-pull') return 'aside';
  switch (catalogue[code].family) {
    case 'network':
    case 'tls':
      return 'way';
    case 'registry':
    case 'rate':
      return 'registry';
    case 'node':
      return 'node';
    case 'other':
      return 'unknown';
    default:
      return isAnswer(code) ? 'own' : 'aside';
  }
}

/**
 * Whether a neighbour's fault may be the one that is judged, or of its kind. What other registries themselves lack is nothing to this one.
 */
function counts(kind: Kind, where: NeighbourFailure['where'], judged: Kind): boolean {
  if (kind === 'unknown') return true;
  if (kind === 'own') return judged === 'own';
  if (kind === 'aside') return false;
  if (judged === 'node') return kind === 'node';
  const isOpen = judged !== 'way' && judged !== 'registry';
  if (kind === 'node') return isOpen;
  return where !== 'others' || kind === 'way';
}

function keyOf(image: string): string {
  const parsed = parseReference(image);
  if (!('reference' in parsed)) return image;
  const { registry, repository, tag, digest } = parsed.reference;
  return [comparedHost(registry), repository, tag, digest].join(' ');
}
