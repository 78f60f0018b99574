import { configurationError } from './configuration-error.ts';
import { readNamedFile } from './load.ts';
import { type ClusterEntry, emptyUser, type Target, type UserEntry } from './types.ts';

/** How to reach the API server, with everything read from files that is needed to open the connection. */
export interface Connection {
  /** As in the kubeconfig, without a password that stands in it. */
  readonly server: string;
  readonly url: URL;
  readonly namespace: string;
  /** null for an `http://` server: no credential is sent to it, as kubectl sends none. */
  readonly trust: Trust | null;
  readonly user: UserEntry;
  readonly clientCertificate: KeyPair | null;
  readonly cluster: ClusterEntry;
}

/** Whom to believe that they are the server. */
export interface Trust {
  /** PEM; null: the authorities of the system. */
  readonly authorities: Buffer | null;
  readonly skipVerify: boolean;
  /** Name in the certificate (and SNI) where it is not the host's. */
  readonly serverName: string | null;
}

export interface KeyPair {
  readonly certificate: Buffer | string;
  readonly key: Buffer | string;
}

/**
 * Reads the files that the target names. Data wins over files; credentials are only looked at for `https://`
 * (client-go: tools/clientcmd/client_config.go ClientConfig, rest/url_utils.go DefaultServerURL).
 * @throws ConnectionError in kubectl's words.
 */
export function readConnection({ cluster, user, namespace }: Target): Connection {
  const url = serverUrl(cluster.server);
  const common = { server: withoutUserInfo(cluster.server), url, namespace, cluster };
  if (url.protocol === 'http:') {
    const { as, asUid, asGroups, asUserExtra } = user;
    return { ...common, trust: null, clientCertificate: null, user: { ...emptyUser, as, asUid, asGroups, asUserExtra } };
  }
  const authorities = cluster.certificateAuthorityData ?? readNamedFile(cluster.certificateAuthority);
  if (authorities && cluster.insecureSkipTlsVerify) {
    throw configurationError('specifying a root certificates file with the insecure flag is not allowed');
  }
  if (authorities && !authorities.includes('-----BEGIN CERTIFICATE-----')) {
    throw configurationError('unable to load root certificates: unable to parse bytes as PEM block');
  }
  if (user.token !== '' && user.username !== '') throw configurationError('username/password or bearer token may be set, but not both');
  const certificate = user.clientCertificateData ?? readNamedFile(user.clientCertificate);
  const key = user.clientKeyData ?? readNamedFile(user.clientKey);
  return {
    ...common,
    user,
    trust: { authorities, skipVerify: cluster.insecureSkipTlsVerify, serverName: cluster.tlsServerName || null },
    clientCertificate: certificate && key ? { certificate, key } : null,
  };
}

/** `host:port` without a scheme means `http://`; a path is kept as a prefix of all requests. */
function serverUrl(server: string): URL {
  const invalid = () => configurationError(`host must be a URL or a host:port pair: "${withoutUserInfo(server)}"`);
  const written = /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(server) ? server : `http://${server}`;
  if (!URL.canParse(written)) throw invalid();
  const url = new URL(written);
  if (written !== server && url.pathname !== '/') throw invalid();
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw configurationError(`unsupported protocol scheme "${url.protocol.replace(':', '')}"`);
  }
  return url;
}

/** An address as it may be shown. */
export function withoutUserInfo(address: string): string {
  return address.replace(/\/\/[^/]*@/, '//');
}
