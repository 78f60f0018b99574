import { type Rule, type Said, word } from './rule.ts';

/** Reaching the registry's host, and keeping the connection (Go net, net/http, syscall; Windows' winsock texts). */
const connectionRules: readonly Rule[] = [
  {
    code: 'connect-refused',
    confidence: 'certain',
    phrases: ['connection refused', 'actively refused it', 'connectex: no connection could be made'],
  },
  {
    code: 'no-route',
    confidence: 'certain',
    phrases: [
      'no route to host',
      'network is unreachable',
      'network unreachable',
      'host is down',
      'host is unreachable',
      'network is down',
      'cannot assign requested address',
      'unreachable host',
      'unreachable network',
      'no suitable address found',
      'address family not supported',
      'requested address is not valid in its context',
    ],
  },
  {
    code: 'no-route',
    confidence: 'likely',
    patterns: [/\bconnect: (?:operation not permitted|permission denied|invalid argument)\b/, /access a socket in a way forbidden/],
    or: ['connect-refused'],
  },
  {
    code: 'connection-dropped',
    confidence: 'certain',
    phrases: [
      'connection reset by peer',
      'connection was reset',
      'broken pipe',
      'goaway',
      'client connection lost',
      'stream error: stream',
      'server closed idle connection',
      'local error: tls: bad record mac',
      'forcibly closed by the remote host',
      'was aborted by the software in your host machine',
      'connection was aborted',
      'connection aborted',
      'software caused connection abort',
      'unexpected end of file',
      'connection force closed',
      'connection was closed',
      'connection closed by',
      'peer closed connection',
      'premature close',
      'client disconnected',
      'http2: connection error',
      'cannot retry err',
      'http2: stream closed',
      'http2: client conn',
      'use of closed connection',
    ],
    patterns: [/transport connection broken(?!: malformed)/],
  },
  // containerd read to the end of what was served: it was cut off on the way, or is no longer than that
  {
    code: 'connection-dropped',
    confidence: 'likely',
    phrases: ['short read: expected', 'failed to read expected number of bytes'],
    when: ({ clause }) => !/context cancel|deadline exceeded/.test(clause),
    or: ['corrupt-layer'],
  },
  {
    code: 'connection-dropped',
    confidence: 'likely',
    phrases: [
      'read/write on closed pipe',
      'bad record mac',
      'cannot rewind body after connection loss',
      'read on closed response body',
      'readloop exiting',
      'multiple read calls return no data',
    ],
    patterns: [word('use of closed network connection'), /\bfailed to copy after \d{1,4} retries/],
    when: ({ clause }) => !/context cancel|deadline exceeded/.test(clause),
    or: ['pull-stalled'],
  },
  // an answer that began: nothing was waited for but its rest
  {
    code: 'connect-timeout',
    confidence: 'likely',
    phrases: ['cancellation while reading body'],
    or: ['pull-stalled', 'connection-dropped'],
  },
  {
    code: 'connect-timeout',
    confidence: 'likely',
    patterns: [/(?<!‹url›"?: )\bread tcp ‹\w+›: (?:read: )?(?:i\/o timeout|connection timed out)/],
    or: ['connection-dropped', 'pull-stalled'],
  },
  {
    code: 'connect-timeout',
    confidence: 'certain',
    phrases: [
      'i/o timeout',
      'connection timed out',
      'tls handshake timeout',
      'timeout awaiting response headers',
      'exceeded while awaiting headers',
      'client.timeout',
      'request canceled (cli',
      'request canceled while waiting for connection',
      'operation timed out',
      'did not properly respond after a period of time',
      'connect timed out',
      'connection timeout',
      'dial timeout',
      'http2: timeout',
      'request timed out',
      'read timed out',
    ],
  },
  {
    code: 'connect-timeout',
    confidence: 'likely',
    phrases: ['deadline exceeded'],
    when: ({ error, clause }) => error.request !== null || /failed to do request|pinging|dial|failed to authorize|head |get /.test(clause),
    or: ['pull-stalled'],
  },
  { code: 'connect-timeout', confidence: 'likely', statuses: [408] },
];

/** An answer that ended too early. */
const endRules: readonly Rule[] = [
  {
    code: 'connection-dropped',
    confidence: 'certain',
    patterns: [/(?::|failed) unexpected eof\b/, /: eof\b(?!-)/, /^"?eof"?\W*$/, /(?:‹\w+›"?|failed|blob|layer|\.{3}) ?:? eof\b/],
    when: ({ clause }) => !/\b(?:decod|unmarshal)/.test(clause),
  },
  // alone: nothing says what ended too early, the answer, the archive, or the daemon
  {
    code: 'connection-dropped',
    confidence: 'likely',
    patterns: [word('unexpected eof')],
    when: ({ clause }) => !/\b(?:decod|unmarshal)/.test(clause),
    or: ['corrupt-layer', 'runtime-unavailable'],
  },
];

/**
 * Pipes to programs that unpack break as well, and a file system that fetches layers when they are mounted has servers of its own: what is
 * said there is not surely of the registry.
 */
const isAfterTransfer = ({ error }: Said) => error.stage === 'unpack' || error.stage === 'create';

const inTransfer = (rule: Rule): Rule => ({ ...rule, when: (said) => !isAfterTransfer(said) && (rule.when?.(said) ?? true) });

const afterwards = (rule: Rule): Rule => ({
  ...rule,
  confidence: 'likely',
  when: (said) => isAfterTransfer(said) && (rule.when?.(said) ?? true),
  or: ['unpack-failed', ...(rule.or ?? [])],
});

/** What ends too early after the transfer is an archive. */
export const networkRules: readonly Rule[] = [...[...connectionRules, ...endRules].map(inTransfer), ...connectionRules.map(afterwards)];
