import type { CauseCode, CauseFamily } from '../values/cause-code.ts';
import type { ConnectionFault, Evidence, Exchange, ImageRegistryFacts } from '../values/evidence.ts';
import type { Verdict } from '../values/verdict.ts';
import { find } from './steps/finding.ts';

/** What follows where this workstation gets through: what differs on the node, by what failed there. */
const differs: Partial<Record<CauseCode, string>> = {
  'dns-failure': "look at the node's DNS",
  'connect-timeout': 'look for a firewall, security group, route, proxy or NAT of the node',
  'connect-refused': 'look for a firewall, proxy or mirror of the node, or the address that the name has there',
  'no-route': "look at the node's routes",
  'connection-dropped': 'look at what stands between the node and the registry: inspection of traffic, MTU, proxy',
  'tls-unknown-authority':
    'the node does not trust the authority that this workstation trusts, or something in between answers with a certificate of its own',
  'tls-name-mismatch': 'something between the node and the registry answers with a certificate of its own',
  'tls-expired': "look at the node's clock, or something in between that answers with a certificate of its own",
  'http-on-https': "look at the runtime's configuration for this registry, or what answers at that address there",
  'proxy-failure': "look at the runtime's proxy",
};

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
 * What this workstation saw beside what the node saw, and what follows; null where it was not asked, or where nothing follows.
 * @param usedElsewhere images of the registry are in use on other nodes: its name is right
 */
export function twoVantagePoints(
  { registry, pod }: Evidence,
  verdict: Verdict,
  family: CauseFamily,
  usedElsewhere: boolean,
): string | null {
  const seen = registry.outcome === 'done' ? find(registry.facts.images, verdict) : null;
  if (seen === null || seen.attempts.length === 0) return null;
  const node = `node ${pod.node ?? ''}`.trim();
  const host = verdict.otherHost ?? verdict.reference?.registry ?? seen.host;
  const met = verdict.otherHost === undefined ? allOf(seen) : at(seen, verdict.otherHost);
  if (verdict.code === 'registry-unavailable') {
    if (seen.attempts.some(({ result }) => result === 'unavailable'))
      return `This workstation gets the same answer from ${host}: it is the registry.`;
    return answered(seen) ? `This workstation gets a proper answer from ${host} now: it has recovered, or only a part of it fails.` : null;
  }
  if (family !== 'network' && family !== 'tls') return null;
  const where = differs[verdict.code];
  if (met.some(({ status }) => status !== null)) return where ? `This workstation reaches ${host} and ${node} does not: ${where}.` : null;
  const fault = met.find((one) => one.fault !== null)?.fault;
  if (!fault || !alike[verdict.code]?.(fault)) return null;
  if (fault.layer === 'dns')
    return `The name does not resolve on this workstation either: it is ${usedElsewhere ? '' : 'wrong, or '}known only in another network.`;
  return `This workstation fails in the same way: it is ${host}, or what both share on the way to it.`;
}

type Met = Pick<Exchange, 'status' | 'fault'>;

/** What this workstation met on its way to the registry, with its token server; nothing counts where it was not reached. */
function allOf(seen: ImageRegistryFacts): readonly Met[] {
  const exchanges = seen.attempts.flatMap((attempt) => attempt.exchanges);
  return answered(seen) ? exchanges : exchanges.map(({ fault }) => ({ status: null, fault }));
}

/** What it met at this host alone: nothing of a mirror, which it does not ask. */
function at({ attempts, blob }: ImageRegistryFacts, host: string): readonly Met[] {
  const exchanges = attempts.flatMap((attempt) => attempt.exchanges).filter(({ url }) => URL.parse(url)?.host === host);
  return blob?.host === host ? [...exchanges, blob] : exchanges;
}

function answered({ attempts }: ImageRegistryFacts): boolean {
  return attempts.some(({ exchanges, result }) => result !== 'unreachable' && exchanges.some(({ status }) => status !== null));
}
