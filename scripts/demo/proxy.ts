import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';

/** An HTTP proxy that leads `HOST:PORT` to a port on loopback, and nowhere else: how names of the demo's registries are reached without a DNS of their own. */
export function proxy(ports: ReadonlyMap<string, number>): Server {
  const server = createServer((_, response) => response.writeHead(501).end());
  server.on('connect', (request, client, head) => {
    client.on('error', () => client.destroy());
    const port = ports.get(request.url ?? '');
    if (port === undefined) return client.end('HTTP/1.1 502 no such registry in this demo\r\n\r\n');
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 connected\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  return server;
}
