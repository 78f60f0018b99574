import { isInNetwork, parseIp } from './ip-network.ts';

/** How far an IP address reaches. `link-local` holds the metadata services of clouds; `private` what a site keeps to itself. */
export type AddressClass = 'public' | 'private' | 'loopback' | 'link-local';

// IANA special-purpose registries (RFC 6890). Metadata services elsewhere: 168.63.129.16 is Azure's wire server, 100.100.100.200 Alibaba's,
// fd00:ec2::/32 Amazon's over IPv6.
const networks: readonly (readonly [AddressClass, readonly string[]])[] = [
  ['link-local', ['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::/32', '168.63.129.16/32', '100.100.100.200/32']],
  ['loopback', ['127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128']],
  ['private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7']],
];

/**
 * The class of an IP address, with or without brackets and a zone; IPv4 addresses inside IPv6 (`::ffff:…`) count as what they hold. What is
 * no address is `public`.
 */
export function classifyAddress(text: string): AddressClass {
  const address = parseIp(text.replace(/^\[|\]$/g, '').replace(/%.*$/, ''));
  if (!address) return 'public';
  return networks.find(([, members]) => members.some((network) => isInNetwork(address, network)))?.[0] ?? 'public';
}

/** Whether a host that a registry merely points to may be at this address: anywhere public, else only where the registry itself is. */
export function mayPointTo(address: string, registry: AddressClass): boolean {
  const target = classifyAddress(address);
  return target === 'public' || target === registry;
}

/** Names of a machine for itself, and of the metadata services of Google, Amazon and Tencent, which resolve on their nodes alone. */
const ownNames = /^(?:(?:.*\.)?localhost|metadata(?:\.google\.internal|\.goog|\.tencentyun\.com)?|instance-data(?:\.ec2\.internal)?)\.?$/i;

/** Whether a URL's host is the machine itself or its cloud's metadata service, by its address or by its name. */
export function isOfTheMachine(host: string): boolean {
  const reach = classifyAddress(host);
  return reach === 'loopback' || reach === 'link-local' || ownNames.test(host);
}

/** Whether a registry is another one on each machine: `localhost`, `localhost:5000`, `127.0.0.1:5000`, `[::1]`. */
export function isOwnRegistry(registry: string): boolean {
  const host = registry.replace(/:\d+$/, '');
  return classifyAddress(host) === 'loopback' || /^(?:.*\.)?localhost\.?$/i.test(host);
}
