import type { CauseCode } from '../values/cause-code.ts';
import type { Workstation } from '../values/surroundings.ts';

/** Whose fault it may be, where this workstation gets through: of one node, or of all of them. */
interface Whose {
  readonly the: string;
  readonly not: string;
  readonly of: string;
}
const one: Whose = { the: 'the node', not: 'does not', of: 'of the node' };
const all: Whose = { the: 'the nodes', not: 'do not', of: 'of the nodes' };

/** Where to look then, by what failed. */
const hints: Partial<Record<CauseCode, (whose: Whose) => string>> = {
  'dns-failure': ({ of }) => `look at the DNS ${of}`,
  'connect-timeout': ({ of }) => `look for a firewall, security group, route, proxy or NAT ${of}`,
  'connect-refused': ({ of }) => `look for a firewall, proxy or mirror ${of}, or the address that the name has there`,
  'no-route': ({ of }) => `look at the routes ${of}`,
  'connection-dropped': ({ the }) => `look at what stands between ${the} and the registry: inspection of traffic, MTU, proxy`,
  'tls-unknown-authority': ({ the, not }) =>
    `${the} ${not} trust the authority that this workstation trusts, or something in between answers with a certificate of its own`,
  'tls-name-mismatch': ({ the }) => `something between ${the} and the registry answers with a certificate of its own`,
  'tls-expired': ({ of }) => `look at the clock ${of}, or something in between that answers with a certificate of its own`,
  'http-on-https': ({ of }) => `look at what the runtime ${of} is told about this registry, or what answers at that address there`,
  'proxy-failure': ({ of }) => `look at the proxy of the runtime ${of}`,
};

/** What this workstation saw beside what the node saw, and what follows; null where nothing does. */
export function workstationSentence({ sees, host, node: name, isNameInUse, pointsAt }: Workstation, code: CauseCode): string | null {
  const node = `node ${name ?? ''}`.trim();
  switch (sees) {
    case 'same-answer':
      return `This workstation gets the same answer from ${host}: it is the registry.`;
    case 'other-answer':
      return `This workstation gets a proper answer from ${host} now: it has recovered, or only a part of it fails.`;
    case 'reached':
      if (pointsAt === null) return `This workstation reaches ${host}.`;
      return pointsAt === 'shared-way'
        ? reachedSentence(host, 'these nodes do not', hints[code]?.(all))
        : reachedSentence(host, `${node} does not`, hints[code]?.(one));
    case 'same-fault':
      if (pointsAt === 'name')
        return `The name does not resolve on this workstation either: it is ${isNameInUse ? '' : 'wrong, or '}known only in another network.`;
      if (code === 'tls-unknown-authority') return 'This workstation does not trust the authority either.';
      if (pointsAt === 'shared-way')
        return `This workstation fails in the same way: it is what ${node} and it share on the way to ${host}.`;
      return `This workstation fails in the same way${pointsAt === null ? '' : `: it is ${host}, or what both share on the way to it`}.`;
  }
}

function reachedSentence(host: string, others: string, hint: string | undefined): string | null {
  return hint === undefined ? null : `This workstation reaches ${host} and ${others}: ${hint}.`;
}
