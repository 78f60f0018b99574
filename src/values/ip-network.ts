/** An IP address as a number, IPv4 inside IPv6 (`::ffff:…`) as what it holds. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** null: no address in figures. IPv6 with or without brackets, without a zone. */
export function parseIp(text: string): IpAddress | null {
  return parseIpv4(text) ?? parseIpv6(text.replace(/^\[(.*)\]$/, '$1'));
}

export function isLoopback({ bits, value }: IpAddress): boolean {
  return bits === 32 ? value >> 24n === 127n : value === 1n;
}

export function isSameIp(a: IpAddress, b: IpAddress): boolean {
  return a.bits === b.bits && a.value === b.value;
}

/** Whether an address is in a network such as `10.0.0.0/8`; null: that is not how a network is written. */
export function isInNetwork(address: IpAddress, cidr: string): boolean | null {
  const [, name = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(cidr) ?? [];
  const network = parseIp(name);
  if (!network || Number(length) > network.bits) return null;
  const rest = BigInt(network.bits - Number(length));
  return network.bits === address.bits && network.value >> rest === address.value >> rest;
}

function parseIpv4(text: string): IpAddress | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return null;
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

/** URL writes it out in figures of one kind. */
function parseIpv6(text: string): IpAddress | null {
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text) || !URL.canParse(`http://[${text}]/`)) return null;
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const groups = (side: string) => (side === '' ? [] : side.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const value = [...before, ...zeros, ...after].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffff_ffffn } : { bits: 128, value };
}
