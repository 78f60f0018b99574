import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { NetworkError } from './network-error.ts';

/** client-go: transport/cache.go. */
const dialTimeoutMilliseconds = 30_000;

/** A TCP connection. @throws NetworkError, or the socket's own error. */
export function connectTcp(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000, signal });
    const timer = setTimeout(
      () => socket.destroy(new NetworkError('timeout', `dial tcp ${host}:${port}: i/o timeout`)),
      dialTimeoutMilliseconds,
    );
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve(socket);
    });
    function fail(error: Error) {
      clearTimeout(timer);
      reject(error);
    }
  });
}

/** Reads from a socket until `complete` finds what it looks for; bytes beyond that are put back. */
export function readHead<T>(socket: Duplex, limit: number, complete: (bytes: Buffer) => { value: T; length: number } | null): Promise<T> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const done = () => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      socket.pause();
    };
    const onError = (error: Error) => {
      done();
      reject(error);
    };
    const onClose = () => onError(new NetworkError('unreachable', 'unexpected EOF'));
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const found = complete(bytes);
      if (!found && bytes.length <= limit) return;
      done();
      if (!found) return reject(new NetworkError('failed', 'the answer of the proxy is too long'));
      if (found.length < bytes.length) socket.unshift(bytes.subarray(found.length));
      resolve(found.value);
    };
    socket.on('data', onData).on('error', onError).on('close', onClose);
    // Paused by the reading before this one.
    socket.resume();
  });
}
