import { BlockList, isIP } from 'node:net';
import type { Environment } from '../kubeconfig/load.ts';
import { NetworkError } from './network-error.ts';

/**
 * The proxy for a server: the cluster's `proxy-url`, else HTTPS_PROXY or HTTP_PROXY unless NO_PROXY exempts it. null: none.
 * The rules are Go's (golang.org/x/net/http/httpproxy): upper case first, loopback never.
 */
export function proxyFor(server: URL, proxyUrl: string, env: Environment): URL | null {
  if (proxyUrl !== '') return new URL(proxyUrl);
  const fromEnvironment = server.protocol === 'https:' ? env.HTTPS_PROXY || env.https_proxy : httpProxy(env);
  if (!fromEnvironment || !usesProxy(server, env.NO_PROXY || env.no_proxy || '')) return null;
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(fromEnvironment) ? fromEnvironment : `http://${fromEnvironment}`;
  if (!URL.canParse(written))
    throw new NetworkError('failed', `invalid proxy address "${fromEnvironment.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1')}"`);
  return new URL(written);
}

/** HTTP_PROXY is a request header's in a CGI program, and not to be trusted there. */
function httpProxy(env: Environment): string | undefined {
  return env.REQUEST_METHOD ? undefined : env.HTTP_PROXY || env.http_proxy;
}

function usesProxy(server: URL, noProxy: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || isLoopback(host)) return false;
  return !noProxy.split(',').some((entry) => exempts(entry.trim().toLowerCase(), host, port));
}

function isLoopback(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function exempts(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  if (entry.includes('/')) return inNetwork(entry, host);
  const [, name = '', onlyPort] = /^(\[.*\]|[^:]*|[0-9a-f:]+:[0-9a-f:]*)(?::(\d+))?$/.exec(entry) ?? [];
  if (onlyPort !== undefined && onlyPort !== port && isIP(entry) === 0) return false;
  const plain = isIP(entry) ? entry : name.replace(/^\[|\]$/g, '');
  if (isIP(plain)) return plain === host;
  if (plain.startsWith('*.')) return host.endsWith(plain.slice(1));
  if (plain.startsWith('.')) return host.endsWith(plain);
  return host === plain || host.endsWith(`.${plain}`);
}

function inNetwork(entry: string, host: string): boolean {
  const [network = '', length = ''] = entry.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(network) === 0 || isIP(host) !== isIP(network) || !/^\d+$/.test(length)) return false;
  const list = new BlockList();
  try {
    list.addSubnet(network, Number(length), family);
  } catch {
    return false;
  }
  return list.check(host, family);
}
