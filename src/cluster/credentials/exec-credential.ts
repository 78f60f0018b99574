import { parseObject } from '../../values/json-object.ts';
import type { Connection } from '../kubeconfig/connection.ts';
import type { ExecEntry } from '../kubeconfig/types.ts';
import { NetworkError } from '../transport/network-error.ts';
import type { Identity } from './identity.ts';

export const credentialApiVersions: readonly string[] = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

export interface ParsedCredential {
  readonly identity: Identity;
  /** Milliseconds since the epoch; null: does not expire. */
  readonly expiresAt: number | null;
}

/** The value of KUBERNETES_EXEC_INFO: an ExecCredential without a status (Kubernetes: client.authentication.k8s.io/v1). */
export function execInfo(exec: ExecEntry, connection: Connection, interactive: boolean): string {
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: { ...(exec.provideClusterInfo && { cluster: clusterInfo(connection) }), interactive },
  });
}

function clusterInfo({ cluster, trust }: Connection): Record<string, unknown> {
  return {
    server: cluster.server,
    ...(cluster.tlsServerName !== '' && { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.insecureSkipTlsVerify && { 'insecure-skip-tls-verify': true }),
    ...(trust?.authorities && { 'certificate-authority-data': trust.authorities.toString('base64') }),
    ...(cluster.proxyUrl !== '' && { 'proxy-url': cluster.proxyUrl }),
    ...(cluster.disableCompression && { 'disable-compression': true }),
    config: cluster.execExtension ?? null,
  };
}

/**
 * What the plugin printed.
 * @throws NetworkError in client-go's words where it is not a usable ExecCredential of the version asked for.
 */
export function parseExecCredential(output: string, apiVersion: string): ParsedCredential {
  const credential = parseObject(output);
  // The parser's own message would show what may be a secret.
  if (!credential) throw failure("decoding stdout: couldn't get version/kind; json parse error");
  if (credential.kind !== 'ExecCredential') throw failure(`decoding stdout: no kind "${credential.kind}" is registered`);
  if (credential.apiVersion !== apiVersion) {
    throw failure(`exec plugin is configured to use API version ${apiVersion}, plugin returned version ${credential.apiVersion}`);
  }
  const status = credential.status as Record<string, unknown> | undefined;
  if (typeof status !== 'object' || status === null) throw failure("exec plugin didn't return a status field");
  const token = textOf(status.token);
  const certificate = textOf(status.clientCertificateData);
  const key = textOf(status.clientKeyData);
  if (token === '' && certificate === '' && key === '') throw failure("exec plugin didn't return a token or cert/key pair");
  if ((certificate === '') !== (key === '')) throw failure('exec plugin returned only certificate or key, not both');
  const expiresAt = Date.parse(textOf(status.expirationTimestamp));
  return {
    identity: { authorization: token === '' ? null : `Bearer ${token}`, certificate: certificate === '' ? null : { certificate, key } },
    expiresAt: Number.isNaN(expiresAt) ? null : expiresAt,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function failure(message: string): NetworkError {
  return new NetworkError('failed', message);
}
