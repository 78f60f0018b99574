import type { lookup as dnsLookup } from 'node:dns';
import http from 'node:http';
import { isIP } from 'node:net';
import { bareHost, type Check, guardedLookup } from './guard.ts';

interface Probe {
  readonly url: URL;
  readonly check: Check;
  readonly resolve: typeof dnsLookup;
  readonly signal: AbortSignal;
  readonly headerBytes: number;
}

const timeoutMilliseconds = 1000;

/** Asks the port in plain HTTP, with nothing of the user's in it, to tell a server without TLS from a broken one. It connects directly. */
export function speaksPlainHttp({ url, check, resolve, signal, headerBytes }: Probe): Promise<boolean> {
  const hostname = bareHost(url);
  if (isIP(hostname) && check([hostname])) return Promise.resolve(false);
  return new Promise((settle) => {
    const lookup = guardedLookup(resolve, check, () => {});
    const request = http.request({
      method: 'HEAD',
      hostname,
      port: url.port || 443,
      path: '/v2/',
      agent: false,
      lookup,
      timeout: timeoutMilliseconds,
      signal,
      maxHeaderSize: headerBytes,
    });
    const finish = (plain: boolean) => {
      request.destroy();
      settle(plain);
    };
    request.on('response', () => finish(true));
    request.on('timeout', () => finish(false));
    request.on('error', () => finish(false));
    request.end();
  });
}
