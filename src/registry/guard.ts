import type { lookup as dnsLookup, LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type AddressClass, classifyAddress, mayPointTo } from '../values/address-class.ts';
import type { ConnectionFault } from '../values/evidence.ts';

/** The code of a fault that is our own refusal to go where a registry points. */
export const refusedAddress = 'refused-address';

export interface Destination {
  readonly url: URL;
  /** Set where the URL was named by a registry: that registry's host name. */
  readonly namedBy?: string;
}

export type Check = (addresses: readonly string[]) => ConnectionFault | null;

/** Learns where a registry is, and keeps what it points to from leading elsewhere inside. */
export function guard({ url, namedBy }: Destination, homes: Map<string, AddressClass>): Check {
  const hostname = bareHost(url);
  return (addresses) => {
    if (namedBy === undefined || namedBy === hostname) {
      homes.set(hostname, classifyAddress(addresses[0] ?? ''));
      return null;
    }
    const home = homes.get(namedBy) ?? 'public';
    const wrong = addresses.find((address) => !mayPointTo(address, home));
    if (wrong === undefined) return null;
    return {
      layer: 'http',
      code: refusedAddress,
      message: `${namedBy} points to ${hostname} at the ${classifyAddress(wrong)} address ${wrong}`,
    };
  };
}

/** @param progress told when a name is asked for, and when it is found */
export function guardedLookup(resolve: typeof dnsLookup, check: Check, progress: (found: boolean) => void): LookupFunction {
  return (hostname, options, callback) => {
    progress(false);
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, options.all ? [] : '', 0);
      progress(true);
      const refusal = check(addresses.map(({ address }) => address));
      if (refusal) return callback(Object.assign(new Error(refusal.message), { fault: refusal }), options.all ? [] : '', 0);
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4);
    });
  };
}

/** The host name of a URL, an IPv6 address without its brackets. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
