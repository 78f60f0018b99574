import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiServer } from './api-server.ts';
import { type Certificate, makeAuthority } from './certificate.ts';
import { anyone, basic, tokenServer } from './guards.ts';
import { repository } from './images.ts';
import { readCluster } from './objects.ts';
import { proxy } from './proxy.ts';
import { registry } from './registry.ts';

export interface Demo {
  /** A directory of its own that holds kubeconfig and registry-ca.crt. */
  readonly directory: string;
  /** What the program has to find in its environment. */
  readonly env: Readonly<Record<string, string>>;
  stop(): void;
}

/** Starts the cluster, its registries and the proxy by which they are reached, all on loopback. @param now when the failures are shown as fresh */
export async function startDemo(now: Date = new Date()): Promise<Demo> {
  const authority = makeAuthority('demo authority');
  const token = randomUUID();
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const listen = (server: Server): Promise<number> => {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    return new Promise((resolve, reject) => {
      server.on('error', reject).listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  };

  const ports = new Map<string, number>();
  for (const [host, { listener, certificate }] of registries(authority.issue(['*.lab.test']))) {
    ports.set(host, await listen(createServer({ cert: certificate.certificate, key: certificate.key }, listener)));
  }
  const proxyPort = await listen(proxy(ports));
  const apiPort = await listen(apiServer(readCluster(now), authority.issue(['127.0.0.1', 'localhost']), token));

  const directory = mkdtempSync(join(tmpdir(), 'imagepull-demo-'));
  writeFileSync(join(directory, 'registry-ca.crt'), authority.certificate);
  const kubeconfig = join(directory, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigFor(apiPort, authority.certificate, token), { mode: 0o600 });
  const proxyUrl = `http://127.0.0.1:${proxyPort}`;
  return {
    directory,
    env: { KUBECONFIG: kubeconfig, HTTPS_PROXY: proxyUrl, https_proxy: proxyUrl, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' },
    stop() {
      for (const server of servers) server.close();
      for (const socket of sockets) socket.destroy();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The lab's registries of the same names, by host and port. */
function registries(trusted: Certificate): ReadonlyMap<string, { listener: RequestListener; certificate: Certificate }> {
  const held = {
    'team/app': repository(['v1.0.0', 'v2.1.0', 'v2.1.1', 'v2.1.2', 'latest'], 'amd64'),
    'team/arm-only': repository(['1'], 'arm64', true),
  };
  const tokens = tokenServer('https://token.lab.test:5007/token', 'token.lab.test');
  const unknown = makeAuthority('an authority that nobody trusts').issue(['untrusted.lab.test']);
  return new Map([
    ['open.lab.test:5000', { listener: registry(held, anyone), certificate: trusted }],
    ['private.lab.test:5001', { listener: registry(held, basic), certificate: trusted }],
    ['untrusted.lab.test:5002', { listener: registry(held, anyone), certificate: unknown }],
    ['token.lab.test:5006', { listener: registry(held, tokens.guard), certificate: trusted }],
    ['token.lab.test:5007', { listener: tokens.listener, certificate: trusted }],
  ]);
}

function kubeconfigFor(port: number, certificate: string, token: string): string {
  const authority = Buffer.from(certificate).toString('base64');
  return `apiVersion: v1
kind: Config
clusters:
- name: demo
  cluster: {server: "https://127.0.0.1:${port}", certificate-authority-data: ${authority}}
users:
- name: viewer
  user: {token: ${token}}
contexts:
- name: demo
  context: {cluster: demo, user: viewer, namespace: shop}
current-context: demo
`;
}
