import type { Duplex } from 'node:stream';
import { NetworkError } from './network-error.ts';
import { readHead } from './tcp.ts';

/** Asks an HTTP proxy for a tunnel (RFC 9110 section 9.3.6). @throws NetworkError with the proxy's status text, as Go's. */
export async function connectThroughHttp(socket: Duplex, target: string, proxy: URL): Promise<void> {
  const authorization = proxyAuthorization(proxy);
  const lines = [`CONNECT ${target} HTTP/1.1`, `Host: ${target}`, ...(authorization ? [`Proxy-Authorization: ${authorization}`] : [])];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const head = await readHead(socket, 64 * 1024, (bytes) => {
    const end = bytes.indexOf('\r\n\r\n');
    return end < 0 ? null : { value: bytes.toString('latin1', 0, end), length: end + 4 };
  });
  const [, status, text] = /^HTTP\/1\.[01] (\d{3}) ?([^\r\n]*)/.exec(head) ?? [];
  if (status === undefined) throw new NetworkError('failed', 'malformed HTTP response of the proxy');
  if (status !== '200') throw new NetworkError('failed', text || `proxy status ${status}`);
}

/** Basic credentials of the proxy's URL; null where it has none. */
export function proxyAuthorization(proxy: URL): string | null {
  if (proxy.username === '' && proxy.password === '') return null;
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

const replies = [
  '',
  'general SOCKS server failure',
  'connection not allowed by ruleset',
  'network unreachable',
  'host unreachable',
  'connection refused',
  'TTL expired',
  'command not supported',
  'address type not supported',
];

/** Asks a SOCKS 5 proxy for a connection; the proxy resolves the name (RFC 1928, RFC 1929). */
export async function connectThroughSocks(socket: Duplex, host: string, port: number, proxy: URL): Promise<void> {
  const fail = (reason: string) => new NetworkError('failed', `socks connect tcp ${proxy.host}->${host}:${port}: ${reason}`);
  const user = Buffer.from(decodeURIComponent(proxy.username));
  const password = Buffer.from(decodeURIComponent(proxy.password));
  socket.write(user.length > 0 ? Buffer.from([5, 2, 0, 2]) : Buffer.from([5, 1, 0]));
  const [version, method] = await readBytes(socket, 2);
  if (version !== 5) throw fail(`unexpected protocol version ${version}`);
  if (method === 2) {
    socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]));
    const [, status] = await readBytes(socket, 2);
    if (status !== 0) throw fail('username/password authentication failed');
  } else if (method !== 0) throw fail('no acceptable authentication methods');

  const name = Buffer.from(host);
  socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, name.length]), name, Buffer.from([port >> 8, port & 255])]));
  const reply = await readHead(socket, 512, socksReply);
  if (reply !== 0) throw fail(replies[reply] ?? `unknown code: ${reply}`);
}

/** The code of the reply, once it is there with the address that follows it. */
function socksReply(bytes: Buffer): { value: number; length: number } | null {
  if (bytes.length < 5) return null;
  const addressLength = bytes[3] === 1 ? 4 : bytes[3] === 4 ? 16 : 1 + (bytes[4] ?? 0);
  const length = 4 + addressLength + 2;
  return bytes.length < length ? null : { value: bytes[1] ?? 1, length };
}

function readBytes(socket: Duplex, count: number): Promise<Buffer> {
  return readHead(socket, 512, (bytes) => (bytes.length < count ? null : { value: bytes.subarray(0, count), length: count }));
}
