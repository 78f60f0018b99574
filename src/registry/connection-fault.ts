import type { ConnectionFault } from '../values/evidence.ts';

/** How far a request had come when it failed. */
export type Phase = 'dns' | 'connect' | 'tls' | 'http';

interface SystemError {
  readonly code?: string;
  readonly syscall?: string;
  readonly message?: string;
  readonly errors?: readonly SystemError[];
}

const connectCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
  ENETDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  EACCES: 'no-route',
  EPERM: 'no-route',
};

// Verification results of OpenSSL as Node names them (X509_verify_cert_error_string's codes).
const certificateCodes: Readonly<Record<string, string>> = {
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-authority',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown-authority',
  CERT_UNTRUSTED: 'unknown-authority',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'name-mismatch',
};

const longestMessage = 300;

/** Names the layer at which a request failed, and how, from Node's error. The message is the system's, cut to 300 characters. */
export function classifyFault(error: unknown, phase: Phase, viaProxy: boolean): ConnectionFault {
  const { code = '', syscall = '', message = String(error) } = firstError(error);
  const fault = (layer: ConnectionFault['layer'], name: string): ConnectionFault => ({
    layer,
    code: name,
    message: wordsOf(message).slice(0, longestMessage),
  });
  // Behind a proxy too it is the registry's certificate or handshake: proxies are nearly always spoken to in plain HTTP, and the tunnel's
  // far end in TLS.
  const certificate = certificateCodes[code];
  if (certificate) return fault('tls', certificate);
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') return fault('tls', 'handshake');
  if (code.startsWith('ERR_PROXY') || (viaProxy && phase !== 'tls' && phase !== 'http'))
    return fault('proxy', connectCodes[code] ?? (code === 'ENOTFOUND' ? 'not-found' : 'failed'));
  if (syscall.startsWith('getaddrinfo') || code.startsWith('EAI_') || code === 'ENOTFOUND')
    return fault('dns', code === 'ENOTFOUND' ? 'not-found' : 'timeout');
  // Node's parser stops at 16 KiB of headers, Go's at 10 MiB: the runtimes may well read what is too much here.
  if (code === 'HPE_HEADER_OVERFLOW') return fault('http', 'failed');
  if (code.startsWith('HPE_') || code.startsWith('ERR_HTTP')) return fault('http', 'bad-response');
  if (code === 'ECONNRESET' || code === 'EPIPE') return fault(phase === 'dns' ? 'connect' : phase, 'reset');
  if (phase === 'tls') return fault('tls', 'handshake');
  const connect = connectCodes[code];
  return connect ? fault('connect', connect) : fault(phase, 'failed');
}

/** Nothing came back in time; the layer is where it stood. */
export function timeoutFault(phase: Phase, viaProxy: boolean, milliseconds: number): ConnectionFault {
  return {
    layer: viaProxy && phase !== 'http' ? 'proxy' : phase,
    code: 'timeout',
    message: `no answer within ${milliseconds / 1000} seconds`,
  };
}

/** Node adds advice about itself, and OpenSSL where in its source it stands: neither is of use to whoever asks about a registry. */
function wordsOf(message: string): string {
  const reason = /:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/.exec(message)?.[1];
  return (
    reason ??
    message.replace(
      /; if the root CA is installed locally, try running Node\.js with --use-system-ca$/,
      '; --registry-ca names a file of authorities to trust',
    )
  );
}

/** Of the attempts at several addresses of one host, the first tells. */
function firstError(error: unknown): SystemError {
  const top = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as SystemError;
  return top.errors?.[0] ?? top;
}
