import type { CauseCode } from '../../values/cause-code.ts';
import type { ConnectionFault, Exchange, ImageRegistryFacts } from '../../values/evidence.ts';
import type { Workstation } from '../../values/surroundings.ts';
import { catalogue } from '../catalogue.ts';
import { isBrokenOff } from '../cut-off.ts';
import { nodeName, otherHost } from '../facts.ts';
import type { ImageView } from '../view.ts';

/** The same fault, as this workstation's own connection would show it. */
const alike: Partial<Record<CauseCode, (fault: ConnectionFault) => boolean>> = {
  'dns-failure': ({ layer }) => layer === 'dns',
  'connect-timeout': ({ code }) => code === 'timeout',
  'connect-refused': ({ code }) => code === 'refused',
  'no-route': ({ code }) => code === 'no-route',
  'connection-dropped': ({ code }) => code === 'reset',
  'tls-unknown-authority': ({ code }) => code === 'unknown-authority',
  'tls-name-mismatch': ({ code }) => code === 'name-mismatch',
  'tls-expired': ({ code }) => code === 'expired',
  'http-on-https': ({ code }) => code === 'plain-http',
};

/**
 * What this workstation met where the node failed; null where it was not asked, or where nothing follows. What it points at is taken by
 * itself.
 */
export function workstationOf(view: ImageView, code: CauseCode): Workstation | null {
  const seen = view.registry;
  if (seen === null || seen.attempts.length === 0) return null;
  const other = otherHost(view);
  const host = other ?? view.spec?.reference?.registry ?? seen.host;
  const isNameInUse = (view.neighbours?.sameRegistryElsewhere.works ?? 0) > 0;
  const met = other === null ? allOf(seen) : at(seen, other);
  const facts = { host, node: nodeName(view), isNameInUse };
  if (code === 'registry-unavailable') {
    if (seen.attempts.some(({ result }) => result === 'unavailable')) return { ...facts, sees: 'same-answer', pointsAt: 'registry' };
    return isAnswered(seen) ? { ...facts, sees: 'other-answer', pointsAt: null } : null;
  }
  const { family } = catalogue[code];
  if (family !== 'network' && family !== 'tls') return null;
  // From here a layer is asked for its first byte.
  if (code === 'connection-dropped' && isBrokenOff(view)) return null;
  if (met.some(({ status }) => status !== null)) return { ...facts, sees: 'reached', pointsAt: 'node' };
  const fault = met.find((one) => one.fault !== null)?.fault;
  if (!fault || !alike[code]?.(fault)) return null;
  return { ...facts, sees: 'same-fault', pointsAt: placeOf(fault) };
}

/** A private authority that neither trusts is no fault of the registry, nor of the way to it. */
function placeOf({ layer, code }: ConnectionFault): Workstation['pointsAt'] {
  if (code === 'unknown-authority') return null;
  return layer === 'dns' ? 'name' : 'registry-or-shared-way';
}

type Met = Pick<Exchange, 'status' | 'fault'>;

/** What this workstation met on its way to the registry, with its token server; nothing counts where it was not reached. */
function allOf(seen: ImageRegistryFacts): readonly Met[] {
  const exchanges = seen.attempts.flatMap((attempt) => attempt.exchanges);
  return isAnswered(seen) ? exchanges : exchanges.map(({ fault }) => ({ status: null, fault }));
}

/** What it met at this host alone: nothing of a mirror, which it does not ask. */
function at({ attempts, blob }: ImageRegistryFacts, host: string): readonly Met[] {
  const exchanges = attempts.flatMap((attempt) => attempt.exchanges).filter(({ url }) => URL.parse(url)?.host === host);
  return blob?.host === host ? [...exchanges, blob] : exchanges;
}

function isAnswered({ attempts }: ImageRegistryFacts): boolean {
  return attempts.some(({ exchanges, result }) => result !== 'unreachable' && exchanges.some(({ status }) => status !== null));
}
