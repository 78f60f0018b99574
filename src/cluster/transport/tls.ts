import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkServerIdentity, connect, getCACertificates, type PeerCertificate, type TLSSocket } from 'node:tls';
import { configurationError } from '../kubeconfig/configuration-error.ts';
import type { KeyPair, Trust } from '../kubeconfig/connection.ts';
import { inGoWords } from './go-words.ts';
import { NetworkError } from './network-error.ts';

/** net/http DefaultTransport, which client-go keeps. */
const handshakeTimeoutMilliseconds = 10_000;

export interface TlsRequest {
  readonly host: string;
  readonly trust: Trust;
  readonly clientCertificate: KeyPair | null;
  readonly protocols: readonly string[];
}

/** Speaks TLS over an open connection. @throws NetworkError in Go's words, ConnectionError for a key pair that cannot be used. */
export function secure(socket: Duplex, { host, trust, clientCertificate, protocols }: TlsRequest): Promise<TLSSocket> {
  const name = trust.serverName ?? host;
  return new Promise((resolve, reject) => {
    const tlsSocket = start();
    const timer = setTimeout(
      () => tlsSocket.destroy(new NetworkError('timeout', 'net/http: TLS handshake timeout')),
      handshakeTimeoutMilliseconds,
    );
    let certificate: PeerCertificate | undefined;
    // Before Node's own listener, which drops the connection where the certificate is not good.
    tlsSocket.prependOnceListener('secure', () => {
      certificate = tlsSocket.getPeerCertificate();
    });
    tlsSocket.once('error', fail);
    tlsSocket.once('secureConnect', () => {
      clearTimeout(timer);
      tlsSocket.off('error', fail);
      resolve(tlsSocket);
    });
    function fail(error: Error) {
      clearTimeout(timer);
      reject(expired(error, certificate) ?? inGoWords(error));
    }
  });

  function start(): TLSSocket {
    try {
      return connect({
        socket,
        host: name,
        servername: isIP(name) ? '' : name,
        ALPNProtocols: [...protocols],
        ca: trust.authorities ?? systemAuthorities(),
        // Go trusts every certificate that it is given, not only self-signed roots.
        allowPartialTrustChain: true,
        rejectUnauthorized: !trust.skipVerify,
        checkServerIdentity: checkNames,
        minVersion: 'TLSv1.2',
        ...(clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.key }),
      });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH') throw configurationError('tls: private key does not match public key');
      throw configurationError('tls: failed to find any PEM data in certificate input');
    }
  }
}

/** Go looks at subject alternative names only, never at the common name. */
function checkNames(host: string, certificate: PeerCertificate): Error | undefined {
  const checked = certificate.subjectaltname ? certificate : { ...certificate, subject: { ...certificate.subject, CN: '' } };
  return checkServerIdentity(host, checked);
}

/** undefined where the system has none that Node can find: then Node's own. */
function systemAuthorities(): string[] | undefined {
  const authorities = getCACertificates('system');
  return authorities.length > 0 ? [...authorities] : undefined;
}

/** Go's sentence with both times, which Node's error does not hold. */
function expired(error: Error, certificate: PeerCertificate | undefined): NetworkError | null {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'CERT_HAS_EXPIRED' && code !== 'CERT_NOT_YET_VALID') return null;
  const bound = Date.parse((code === 'CERT_HAS_EXPIRED' ? certificate?.valid_to : certificate?.valid_from) ?? '');
  if (Number.isNaN(bound)) return null;
  const relation = code === 'CERT_HAS_EXPIRED' ? 'after' : 'before';
  const sentence = `certificate has expired or is not yet valid: current time ${seconds(Date.now())} is ${relation} ${seconds(bound)}`;
  return new NetworkError('failed', `tls: failed to verify certificate: x509: ${sentence}`, { cause: error });
}

function seconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
