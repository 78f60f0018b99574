import type { Duplex } from 'node:stream';
import type { Connection, KeyPair } from '../kubeconfig/connection.ts';
import { inGoWords } from './go-words.ts';
import { NetworkError } from './network-error.ts';
import { connectTcp } from './tcp.ts';

/** An open connection to the server, through the proxy and TLS where there are any. */
export interface Dialed {
  readonly socket: Duplex;
  readonly protocol: 'h2' | 'http/1.1';
}

export interface DialTarget {
  readonly connection: Connection;
  readonly proxy: URL | null;
  /** Application protocols to offer, best first. */
  readonly protocols: readonly string[];
  /** Called when the TLS handshake waits for the server for the first time. */
  readonly onHandshake?: () => void;
}

/** Opens a connection. @throws NetworkError in Go's words. */
export async function dial(target: DialTarget, clientCertificate: KeyPair | null, signal: AbortSignal): Promise<Dialed> {
  const { connection, proxy, protocols } = target;
  const { url, trust } = connection;
  const host = hostOf(url);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const loadingTls = trust && import('./tls.ts');
  let socket: Duplex;
  try {
    socket = proxy ? await viaProxy(proxy, host, port, connection, signal) : await connectTcp(host, port, signal);
  } catch (error) {
    const fault = inGoWords(error);
    throw proxy && fault.message.startsWith('dial tcp')
      ? new NetworkError(fault.kind, `proxyconnect tcp: ${fault.message}`, { cause: error })
      : fault;
  }
  if (!trust || !loadingTls) {
    // Reading from a SOCKS proxy left it paused.
    socket.resume();
    return { socket, protocol: 'http/1.1' };
  }
  const { secure } = await loadingTls;
  const securing = secure(socket, { host, trust, clientCertificate, protocols });
  target.onHandshake?.();
  const secured = await securing;
  return { socket: secured, protocol: secured.alpnProtocol === 'h2' ? 'h2' : 'http/1.1' };
}

async function viaProxy(proxy: URL, host: string, port: number, { trust }: Connection, signal: AbortSignal): Promise<Duplex> {
  const scheme = proxy.protocol.replace(':', '');
  const defaultPort = scheme === 'https' ? 443 : scheme === 'http' ? 80 : 1080;
  if (!['http', 'https', 'socks5', 'socks5h'].includes(scheme)) throw new NetworkError('failed', `proxy: unknown scheme: ${scheme}`);
  const tcp = await connectTcp(hostOf(proxy), Number(proxy.port) || defaultPort, signal);
  const { connectThroughHttp, connectThroughSocks } = await import('./tunnel.ts');
  if (scheme.startsWith('socks5')) {
    await connectThroughSocks(tcp, host, port, proxy);
    return tcp;
  }
  const socket = scheme === 'https' ? await secureProxy(tcp, proxy, trust) : tcp;
  // Requests to http:// servers are sent to the proxy itself.
  if (trust) await connectThroughHttp(socket, `${host.includes(':') ? `[${host}]` : host}:${port}`, proxy);
  return socket;
}

/** As in Go, the cluster's authorities also vouch for the proxy. */
async function secureProxy(tcp: Duplex, proxy: URL, trust: Connection['trust']): Promise<Duplex> {
  const { secure } = await import('./tls.ts');
  const proxyTrust = { authorities: trust?.authorities ?? null, skipVerify: trust?.skipVerify ?? false, serverName: null };
  return secure(tcp, { host: hostOf(proxy), trust: proxyTrust, clientCertificate: null, protocols: ['http/1.1'] });
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
