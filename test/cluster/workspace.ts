import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Cluster, ConnectionFlags } from '../../src/cluster/cluster.ts';
import { type ConnectOptions, connect } from '../../src/cluster/connect.ts';
import { fixtureData } from './loopback.ts';

/** A directory that is gone after the test, which is also $HOME there. */
export interface Workspace {
  readonly directory: string;
  readonly path: (name: string) => string;
  /** Writes a file and returns its path. */
  readonly write: (name: string, content: string, mode?: number) => string;
  readonly connect: (flags?: ConnectionFlags, options?: Partial<ConnectOptions>) => Promise<Cluster>;
}

export function workspace(t: TestContext): Workspace {
  const directory = mkdtempSync(join(tmpdir(), 'cluster-'));
  const clusters: Cluster[] = [];
  t.after(() => {
    for (const cluster of clusters) cluster.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const path = (name: string) => join(directory, name);
  return {
    directory,
    path,
    write(name, content, mode = 0o600) {
      writeFileSync(path(name), content, { mode });
      return path(name);
    },
    async connect(flags = {}, options = {}) {
      const { env, ...others } = options;
      const cluster = await connect(flags, {
        stderr: () => {},
        isTTY: false,
        env: { HOME: directory, PATH: process.env.PATH, ...env },
        ...others,
      });
      clusters.push(cluster);
      return cluster;
    },
  };
}

/** A kubeconfig as JSON, which is YAML, with one cluster, one user and one context, each called by its kind. */
export function kubeconfig(
  cluster: Record<string, unknown>,
  user: Record<string, unknown> | null = {},
  context: Record<string, unknown> = {},
): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'context',
    clusters: [{ name: 'cluster', cluster: { 'certificate-authority-data': fixtureData('ca.pem'), ...cluster } }],
    users: user === null ? [] : [{ name: 'user', user }],
    contexts: [{ name: 'context', context: { cluster: 'cluster', ...(user !== null && { user: 'user' }), ...context } }],
  });
}
