import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { connect } from '../../../src/cluster/connect.ts';

export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string;
}

export type Answer = { readonly code?: number; readonly headers?: Record<string, string>; readonly body: unknown };

/** An API server on loopback that answers as it is told, behind the connection that the program itself uses. */
export async function apiServer(answer: (asked: Asked) => Answer | Promise<Answer>) {
  const log: Asked[] = [];
  let [underWay, most] = [0, 0];
  const server = createServer((incoming, response) => void handle(incoming, response));
  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    most = Math.max(most, ++underWay);
    const url = new URL(incoming.url ?? '/', 'http://server');
    const asked = { path: url.pathname, query: url.searchParams, accept: String(incoming.headers.accept) };
    log.push(asked);
    const { code = 200, headers = {}, body } = await answer(asked);
    underWay--;
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const flags = { server: `http://127.0.0.1:${port}`, kubeconfig: '/dev/null' };
  const cluster: Cluster = await connect(flags, { env: {}, stderr: () => {}, isTTY: false });
  return {
    cluster,
    log,
    mostUnderWay: () => most,
    stop: () => {
      cluster.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

export const columns = ['Name', 'Ready', 'Status', 'Restarts', 'Age', 'IP', 'Node', 'Nominated Node', 'Readiness Gates'].map((name) => ({
  name,
}));

/** A row as the API server prints it. */
export function row(name: string, ready: string, status: string, node = 'node1') {
  return { cells: [name, ready, status, 0, '5m', '10.0.0.1', node, '<none>', '<none>'], object: null };
}
