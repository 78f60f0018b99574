import type { Rule } from './rule.ts';

/** Texts of Go's crypto/x509 (verify.go) and crypto/tls (alert.go, conn.go), and of net/http for plain HTTP. */
export const tlsRules: readonly Rule[] = [
  // a TLS alert (content type 0x15, version 3.x) where HTTP was expected
  { code: 'http-on-https', confidence: 'certain', patterns: [/malformed http response "?\\{1,16}x15\\{1,16}x03/] },
  {
    code: 'http-on-https',
    confidence: 'certain',
    phrases: [
      'server gave http response to https client',
      'client sent an http request to an https server',
      'plain http request was sent to https port',
      'plain http request was sent to tls port',
      'http request was sent to https port',
    ],
  },
  {
    code: 'tls-expired',
    confidence: 'certain',
    phrases: [
      'certificate has expired or is not yet valid',
      'certificate is not yet valid',
      'certificate has expired',
      'certificate expired',
    ],
  },
  {
    code: 'tls-name-mismatch',
    confidence: 'certain',
    phrases: [
      'certificate is valid for ',
      'certificate is not valid for any names',
      "doesn't contain any ip sans",
      'legacy common name',
      'not valid for requested name',
    ],
  },
  // what its authority may sign for, not what the certificate says
  {
    code: 'tls-name-mismatch',
    confidence: 'likely',
    phrases: ['is not authorized to sign for this name', 'name constraint', 'not permitted by any constraint'],
    or: ['tls-unknown-authority'],
  },
  {
    code: 'tls-unknown-authority',
    confidence: 'certain',
    phrases: [
      'certificate signed by unknown authority',
      'failed to load system roots',
      'not authorized to sign other certificates',
      'no valid chains built',
      'certificate is not trusted',
      'certificate not trusted',
      'unable to get local issuer certificate',
      'self-signed certificate',
      'self signed certificate',
      'certificate chain was issued by an authority that is not trusted',
      'a certificate chain processed, but terminated in a root certificate which is not trusted',
      'too many intermediates for path length constraint',
    ],
  },
  {
    code: 'tls-handshake-failed',
    confidence: 'certain',
    phrases: [
      'tls: first record does not look like a tls handshake',
      'tls: oversized record received',
      'tls: server selected unsupported',
      'tls: no supported versions',
      'tls: unsupported',
      'tls: invalid',
      'tls: handshake failure',
      'tls: protocol version not supported',
      'tls: client offered',
      'tls: server did not',
      'tls: server',
      'x509: certificate specifies an incompatible key usage',
      'x509: negative serial number',
      'x509: unhandled critical extension',
      'ssl routines',
      'sslv3 alert',
      'handshake failure',
      'certificate required',
      'tls: internal error',
    ],
    patterns: [/(?:local|remote) error: tls: (?!bad record mac)/],
  },
  {
    code: 'tls-handshake-failed',
    confidence: 'likely',
    patterns: [/(?<![\w-])tls: (?!bad record mac)/],
    phrases: ['x509:', 'certificate verify failed', 'ssl certificate problem', 'error creating tls'],
    or: ['tls-unknown-authority'],
  },
];
