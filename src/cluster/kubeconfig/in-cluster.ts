import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { ConnectionFlags } from '../cluster.ts';
import type { Environment } from './load.ts';
import { emptyCluster, emptyUser, type Target } from './types.ts';

const serviceAccountDirectory = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The cluster that this process runs in, as its service account; null outside of one (client-go: rest/config.go InClusterConfig,
 * tools/clientcmd/client_config.go inClusterClientConfig). The token file is read again for requests, as it is renewed.
 */
export function inClusterTarget(
  target: Target,
  flags: ConnectionFlags,
  env: Environment,
  directory = serviceAccountDirectory,
): Target | null {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  const tokenFile = join(directory, 'token');
  if (!host || !port || read(tokenFile) === '') return null;
  const authority = join(directory, 'ca.crt');
  return {
    cluster: {
      ...emptyCluster,
      server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
      certificateAuthority: flags.certificateAuthority || (read(authority) === '' ? '' : authority),
      disableCompression: flags.disableCompression ?? false,
    },
    user: { ...target.user, ...(target.user.token === '' && { ...emptyUser, tokenFile, ...impersonation(target) }) },
    namespace: target.namespaceGiven ? target.namespace : env.POD_NAMESPACE || read(join(directory, 'namespace')).trim() || 'default',
    isDefault: false,
    namespaceGiven: target.namespaceGiven,
  };
}

function impersonation({ user }: Target) {
  return { as: user.as, asUid: user.asUid, asGroups: user.asGroups, asUserExtra: user.asUserExtra };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
