import { ConnectionError, type ConnectionFlags } from '../cluster.ts';
import { configurationError, configurationErrors } from './configuration-error.ts';
import type { Environment } from './load.ts';
import { type ClusterEntry, emptyCluster, emptyUser, type Kubeconfig, type Target, type UserEntry } from './types.ts';
import { validate } from './validate.ts';

/**
 * Applies the flags to the kubeconfig (client-go: tools/clientcmd/client_config.go).
 * @throws ConnectionError in kubectl's words for names that do not exist and settings that contradict each other.
 */
export function resolveTarget(config: Kubeconfig, flags: ConnectionFlags, env: Environment): Target {
  const contextName = flags.context || config.currentContext;
  const context = config.contexts.get(contextName);
  const userName = flags.user || context?.user || '';
  const clusterName = flags.cluster || context?.cluster || '';
  if (flags.user && !config.users.has(flags.user)) throw configurationError(`auth info "${flags.user}" does not exist`);
  if (flags.context && !context) throw configurationError(`context "${flags.context}" does not exist`);
  if (flags.cluster && !config.clusters.has(flags.cluster)) throw configurationError(`cluster "${flags.cluster}" does not exist`);
  if (contextName !== '' && !context) {
    throw new ConnectionError('failed', `Error in configuration: context was not found for specified context: ${contextName}`);
  }

  const user = overrideUser(config.users.get(userName) ?? emptyUser, flags);
  const given = overrideCluster(config.clusters.get(clusterName) ?? emptyCluster, flags);
  const cluster = given.server === '' ? { ...given, server: env.KUBERNETES_MASTER || 'http://localhost:8080' } : given;
  const faults = validate(userName, user, clusterName, cluster);
  if (faults.length > 0) throw configurationErrors(faults);

  const namespace = flags.namespace || context?.namespace || '';
  return { cluster, user, namespace: namespace || 'default', isDefault: given.server === '', namespaceGiven: namespace !== '' };
}

/** A certificate authority or --insecure-skip-tls-verify by flag replaces both of the file's; --server drops the file's TLS server name. */
function overrideCluster(cluster: ClusterEntry, flags: ConnectionFlags): ClusterEntry {
  const replacesTrust = flags.insecureSkipTlsVerify || Boolean(flags.certificateAuthority);
  return {
    ...cluster,
    server: flags.server || cluster.server,
    tlsServerName: flags.tlsServerName || flags.server ? (flags.tlsServerName ?? '') : cluster.tlsServerName,
    ...(replacesTrust && {
      insecureSkipTlsVerify: flags.insecureSkipTlsVerify ?? false,
      certificateAuthority: flags.certificateAuthority ?? '',
      certificateAuthorityData: null,
    }),
    disableCompression: flags.disableCompression || cluster.disableCompression,
  };
}

/**
 * A flag replaces its setting and that setting's twin: --client-certificate the file's `client-certificate-data`, --token its `tokenFile`.
 */
function overrideUser(user: UserEntry, flags: ConnectionFlags): UserEntry {
  return {
    ...user,
    ...(flags.clientCertificate && { clientCertificate: flags.clientCertificate, clientCertificateData: null }),
    ...(flags.clientKey && { clientKey: flags.clientKey, clientKeyData: null }),
    ...(flags.token && { token: flags.token, tokenFile: '' }),
    username: flags.username || user.username,
    password: flags.password || user.password,
    as: flags.as || user.as,
    asUid: flags.asUid || user.asUid,
    asGroups: flags.asGroup?.length ? flags.asGroup : user.asGroups,
    asUserExtra: flags.asUserExtra?.length ? parseExtra(flags.asUserExtra) : user.asUserExtra,
  };
}

function parseExtra(values: readonly string[]): Map<string, readonly string[]> {
  const extra = new Map<string, string[]>();
  for (const value of values) {
    const at = value.indexOf('=');
    if (at < 1) throw configurationError(`invalid value for --as-user-extra: "${value}", expected KEY=VALUE`);
    const key = value.slice(0, at);
    extra.set(key, [...(extra.get(key) ?? []), value.slice(at + 1)]);
  }
  return extra;
}
