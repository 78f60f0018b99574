import type { CauseCode } from '../values/cause-code.ts';
import type { Workstation } from '../values/surroundings.ts';

/** Where to look on the node where this workstation gets through, by what failed there. */
const hints: Partial<Record<CauseCode, string>> = {
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

/** What this workstation saw beside what the node saw, and what follows; null where nothing does. */
export function workstationSentence({ sees, host, node: name, isNameInUse, pointsAt }: Workstation, code: CauseCode): string | null {
  const node = `node ${name ?? ''}`.trim();
  switch (sees) {
    case 'same-answer':
      return `This workstation gets the same answer from ${host}: it is the registry.`;
    case 'other-answer':
      return `This workstation gets a proper answer from ${host} now: it has recovered, or only a part of it fails.`;
    case 'reached':
      if (pointsAt === 'shared-way') return `This workstation reaches ${host}: it points at what all nodes share on the way to it.`;
      if (pointsAt === null) return `This workstation reaches ${host}.`;
      return hints[code] === undefined ? null : `This workstation reaches ${host} and ${node} does not: ${hints[code]}.`;
    case 'same-fault':
      if (pointsAt === 'name')
        return `The name does not resolve on this workstation either: it is ${isNameInUse ? '' : 'wrong, or '}known only in another network.`;
      if (pointsAt === 'shared-way')
        return `This workstation fails in the same way: it is what ${node} and it share on the way to ${host}.`;
      return `This workstation fails in the same way${pointsAt === null ? '' : `: it is ${host}, or what both share on the way to it`}.`;
  }
}
