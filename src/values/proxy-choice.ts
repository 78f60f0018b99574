import { isInNetwork, isLoopback, isSameIp, parseIp } from './ip-network.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a server: HTTPS_PROXY or HTTP_PROXY, unless NO_PROXY exempts it. null: none. `invalid`: the
 * address without its login. The rules are Go's (golang.org/x/net/http/httpproxy): upper case first, no scheme is http, and localhost and
 * loopback never.
 */
export function proxyFromEnvironment(server: URL, env: Environment): URL | { readonly invalid: string } | null {
  const named = server.protocol === 'https:' ? env.HTTPS_PROXY || env.https_proxy : httpProxy(env);
  if (!named || !usesProxy(server, env.NO_PROXY || env.no_proxy || '')) return null;
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(named) ? named : `http://${named}`;
  return URL.canParse(written) ? new URL(written) : { invalid: named.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1') };
}

/** HTTP_PROXY is a request header's in a CGI program, and not to be trusted there. */
function httpProxy(env: Environment): string | undefined {
  return env.REQUEST_METHOD ? undefined : env.HTTP_PROXY || env.http_proxy;
}

function usesProxy(server: URL, noProxy: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  const address = parseIp(host);
  if (host === 'localhost' || (address && isLoopback(address))) return false;
  return !noProxy.split(',').some((entry) => exempts(entry.trim().toLowerCase(), host, port));
}

function exempts(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  const address = parseIp(host);
  const inNetwork = address && isInNetwork(address, entry);
  if (inNetwork !== null) return inNetwork;
  const [name, onlyPort] = splitPort(entry);
  const named = parseIp(name);
  if (named) return address !== null && isSameIp(named, address) && (onlyPort === '' || onlyPort === port);
  if (name === '' || (onlyPort !== '' && onlyPort !== port)) return false;
  if (name.startsWith('*.')) return host.endsWith(name.slice(1));
  return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}

/** `host:port`; a bare IPv6 address has none. */
function splitPort(entry: string): readonly [host: string, port: string] {
  if (parseIp(entry)) return [entry, ''];
  const [, host = entry, port = ''] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  return [host, port];
}
