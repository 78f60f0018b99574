import type { ConnectionFlags } from '../cluster/cluster.ts';
import type { FlagValues } from './typed-flags.ts';

/** kubectl's connection flags, those that were given. */
export function connectionFlags(flags: FlagValues): ConnectionFlags {
  const given: ConnectionFlags = {
    kubeconfig: text(flags.kubeconfig),
    cacheDir: text(flags['cache-dir']),
    context: text(flags.context),
    cluster: text(flags.cluster),
    user: text(flags.user),
    namespace: text(flags.namespace),
    server: text(flags.server),
    token: text(flags.token),
    username: text(flags.username),
    password: text(flags.password),
    clientCertificate: text(flags['client-certificate']),
    clientKey: text(flags['client-key']),
    certificateAuthority: text(flags['certificate-authority']),
    tlsServerName: text(flags['tls-server-name']),
    insecureSkipTlsVerify: truth(flags['insecure-skip-tls-verify']),
    as: text(flags.as),
    asUid: text(flags['as-uid']),
    asGroup: list(flags['as-group']),
    asUserExtra: list(flags['as-user-extra']),
    requestTimeout: text(flags['request-timeout']),
    disableCompression: truth(flags['disable-compression']),
    kuberc: text(flags.kuberc),
    warningsAsErrors: truth(flags['warnings-as-errors']),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The namespace that was given, for a command that names none of its own. */
export function namespaceWords({ namespace }: ConnectionFlags): readonly string[] {
  return namespace ? ['-n', namespace] : [];
}

type FlagValue = FlagValues[string];

function text(value: FlagValue): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function truth(value: FlagValue): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function list(value: FlagValue): readonly string[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
