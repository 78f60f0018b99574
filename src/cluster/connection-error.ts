import { ApiError, ConnectionError } from './cluster.ts';
import { inGoWords } from './transport/go-words.ts';

/** Anything that went wrong with a request, as what the callers of a Cluster are told: in kubectl's words, with its prefix. */
export function toConnectionError(error: unknown, url: URL): ApiError | ConnectionError {
  if (error instanceof ApiError || error instanceof ConnectionError) return error;
  const { kind, message } = inGoWords(error);
  if (message.includes('connection refused')) {
    const line = `The connection to the server ${url.host} was refused - did you specify the right host or port?`;
    return new ConnectionError('unreachable', line, { cause: error });
  }
  return new ConnectionError(kind, `Unable to connect to the server: ${message}`, { cause: error });
}

/** The connection broke, which a repeated read may get over (apimachinery: util/net IsConnectionReset, IsProbableEOF). */
export function isDropped(error: unknown): boolean {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const dropped = [
    'ECONNRESET',
    'EPIPE',
    'ERR_HTTP2_STREAM_CANCEL',
    'ERR_HTTP2_INVALID_SESSION',
    'ERR_HTTP2_GOAWAY_SESSION',
    'ERR_STREAM_PREMATURE_CLOSE',
  ];
  return dropped.includes(code) || (code === 'ERR_HTTP2_STREAM_ERROR' && /REFUSED_STREAM|CANCEL/.test(message));
}
