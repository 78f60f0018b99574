import { connect, createServer, type Socket } from 'node:net';

/** A way to the API server that can be cut. */
export interface Detour {
  readonly url: string;
  cut(): void;
}

export async function detour(server: URL): Promise<Detour> {
  const sockets = new Set<Socket>();
  const listener = createServer((inner) => {
    const outer = connect(Number(server.port || 443), server.hostname);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    inner.pipe(outer).pipe(inner);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const cut = () => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `https://127.0.0.1:${port}`, cut };
}
