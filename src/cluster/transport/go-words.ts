import { NetworkError } from './network-error.ts';

/** What Node attaches to errors of sockets, TLS and HTTP. */
interface NodeError {
  readonly code?: string;
  readonly message: string;
  readonly syscall?: string;
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
  readonly reason?: string;
  readonly host?: string;
  readonly cert?: { readonly subjectaltname?: string };
  readonly errors?: readonly NodeError[];
}

/** Any error of a connection as a NetworkError that reads as Go's: net/dial.go, crypto/tls and crypto/x509. */
export function inGoWords(error: unknown): NetworkError {
  if (error instanceof NetworkError) return error;
  // Several addresses were tried: Go reports the first.
  const { errors } = error as NodeError;
  const cause = (errors?.[0] ?? error) as NodeError;
  const [kind, text] = words(cause);
  return new NetworkError(kind, text, { cause: error });
}

function words(error: NodeError): [NetworkError['kind'], string] {
  const code = error.code ?? '';
  const unverified = (reason: string): [NetworkError['kind'], string] => ['failed', `tls: failed to verify certificate: x509: ${reason}`];
  const at = address(error);
  switch (code) {
    case 'ENOTFOUND':
      return ['unreachable', `dial tcp: lookup ${error.hostname ?? ''}: no such host`];
    case 'EAI_AGAIN':
      return ['unreachable', `dial tcp: lookup ${error.hostname ?? ''}: Temporary failure in name resolution`];
    case 'ECONNREFUSED':
      return ['unreachable', `dial tcp ${at}: connect: connection refused`];
    case 'EHOSTUNREACH':
      return ['unreachable', `dial tcp ${at}: connect: no route to host`];
    case 'ENETUNREACH':
      return ['unreachable', `dial tcp ${at}: connect: network is unreachable`];
    case 'ETIMEDOUT':
      return ['timeout', error.syscall === 'connect' ? `dial tcp ${at}: connect: connection timed out` : 'read tcp: connection timed out'];
    case 'ECONNRESET':
      return ['unreachable', /socket hang up|before secure TLS/.test(error.message) ? 'EOF' : 'read: connection reset by peer'];
    case 'EPIPE':
      return ['unreachable', 'write: broken pipe'];
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return unverified(wrongName(error));
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return unverified('certificate has expired or is not yet valid');
    case 'CERT_REVOKED':
      return unverified('certificate has been revoked');
    case 'INVALID_PURPOSE':
      return unverified('certificate specifies an incompatible key usage');
  }
  if (/SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_UNTRUSTED|INVALID_CA|CERT_SIGNATURE_FAILURE/.test(code)) {
    return unverified('certificate signed by unknown authority');
  }
  if (/ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNEXPECTED_MESSAGE)/.test(code)) {
    return ['failed', 'http: server gave HTTP response to HTTPS client'];
  }
  const alert = /ALERT_([A-Z_]+)$/.exec(code)?.[1];
  if (alert) return ['failed', `remote error: tls: ${alerts[alert] ?? alert.toLowerCase().replaceAll('_', ' ')}`];
  return ['failed', (error.message || code).split('\n', 1)[0] ?? ''];
}

/** crypto/tls alert.go, where it differs from OpenSSL's names. */
const alerts: Readonly<Record<string, string>> = {
  UNKNOWN_CA: 'unknown certificate authority',
  CERTIFICATE_UNKNOWN: 'unknown certificate',
  CERTIFICATE_EXPIRED: 'expired certificate',
  CERTIFICATE_REVOKED: 'revoked certificate',
  CERTIFICATE_REQUIRED: 'certificate required',
  PROTOCOL_VERSION: 'protocol version not supported',
  UNRECOGNIZED_NAME: 'unrecognized name',
};

function address({ address: host, port }: NodeError): string {
  if (host === undefined) return '';
  return `${host.includes(':') ? `[${host}]` : host}:${port ?? ''}`;
}

function wrongName({ host = '', cert, reason }: NodeError): string {
  const names = (cert?.subjectaltname ?? '').split(', ').filter((name) => name !== '');
  if (names.length === 0) return reason ?? 'certificate relies on legacy Common Name field, use SANs instead';
  const isAddress = /^[\d.]+$/.test(host) || host.includes(':');
  const wanted = isAddress ? 'IP Address:' : 'DNS:';
  const matching = names.filter((name) => name.startsWith(wanted)).map((name) => name.slice(wanted.length));
  if (matching.length > 0) return `certificate is valid for ${matching.join(', ')}, not ${host}`;
  if (isAddress) return `cannot validate certificate for ${host} because it doesn't contain any IP SANs`;
  return `certificate is not valid for any names, but wanted to match ${host}`;
}
