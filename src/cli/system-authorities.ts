/** Where Node's OpenSSL looks for the system's authorities unless SSL_CERT_DIR says otherwise. */
export const authoritiesFolder = '/etc/ssl/certs';

/**
 * What SSL_CERT_DIR has to be, so that Node does not write a line of its own to stderr where a system has no folder of authorities, as a
 * minimal container has not. The empty value means none (Node's src/crypto/crypto_context.cc, GetOpenSSLSystemCertificates).
 *
 * @param given as the environment has it; what the user set stays
 */
export function authoritiesVariable(given: string | undefined, isThere: (folder: string) => boolean): string | undefined {
  return given ?? (isThere(authoritiesFolder) ? undefined : '');
}
