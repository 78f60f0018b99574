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

/**
 * Asks the port in plain HTTP, with nothing of the user's in it, to tell a server without TLS from a broken one. It connects directly.
 * @param url whose port is asked
 * @returns the status of the answer; null: it does not answer in plain HTTP
 */
export function askInPlainHttp({ url, check, resolve, signal, headerBytes }: Probe): Promise<number | null> {
  const hostname = bareHost(url);
  if (isIP(hostname) && check([hostname])) return Promise.resolve(null);
  return new Promise((settle) => {
    const lookup = guardedLookup(resolve, check, () => {});
    const request = http.request({
      method: 'HEAD',
      hostname,
      port: url.port || 80,
      path: url.pathname,
      agent: false,
      lookup,
      timeout: timeoutMilliseconds,
      signal,
      maxHeaderSize: headerBytes,
    });
    const finish = (status: number | null) => {
      request.destroy();
      settle(status);
    };
    request.on('response', ({ statusCode = 0 }) => finish(statusCode));
    request.on('timeout', () => finish(null));
    request.on('error', () => finish(null));
    request.end();
  });
}
