import { BlockList, isIP } from 'node:net';

/** How far an IP address reaches. `link-local` holds the metadata services of clouds; `private` what a site keeps to itself. */
export type AddressClass = 'public' | 'private' | 'loopback' | 'link-local';

type Range = readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'];

// IANA special-purpose registries (RFC 6890); 168.63.129.16 is Azure's wire server, fd00:ec2::/32 Amazon's metadata over IPv6.
const ranges: Readonly<Record<Exclude<AddressClass, 'public'>, readonly Range[]>> = {
  'link-local': [
    ['169.254.0.0', 16, 'ipv4'],
    ['fe80::', 10, 'ipv6'],
    ['fd00:ec2::', 32, 'ipv6'],
    ['168.63.129.16', 32, 'ipv4'],
  ],
  loopback: [
    ['127.0.0.0', 8, 'ipv4'],
    ['0.0.0.0', 8, 'ipv4'],
    ['::1', 128, 'ipv6'],
    ['::', 128, 'ipv6'],
  ],
  private: [
    ['10.0.0.0', 8, 'ipv4'],
    ['172.16.0.0', 12, 'ipv4'],
    ['192.168.0.0', 16, 'ipv4'],
    ['100.64.0.0', 10, 'ipv4'],
    ['fc00::', 7, 'ipv6'],
  ],
};

const lists = Object.entries(ranges).map(([name, members]) => {
  const list = new BlockList();
  for (const [network, prefix, family] of members) list.addSubnet(network, prefix, family);
  return [name as AddressClass, list] as const;
});

/** The class of an IP address; IPv4 addresses inside IPv6 (`::ffff:…`) count as what they hold. */
export function classifyAddress(address: string): AddressClass {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4';
  return lists.find(([, list]) => list.check(bare, family))?.[0] ?? 'public';
}

/** Whether a host that a registry merely points to may be at this address: anywhere public, else only where the registry itself is. */
export function mayPointTo(address: string, registry: AddressClass): boolean {
  const target = classifyAddress(address);
  return target === 'public' || target === registry;
}
