import type { CauseCode } from '../values/cause-code.ts';

/** Causes between the node and the registry: the registry itself has said nothing. The families network and tls, and mirrors. */
export const unreached: readonly CauseCode[] = [
  'dns-failure',
  'connect-timeout',
  'connect-refused',
  'no-route',
  'connection-dropped',
  'proxy-failure',
  'tls-unknown-authority',
  'tls-name-mismatch',
  'tls-expired',
  'tls-handshake-failed',
  'http-on-https',
  'mirror-misconfigured',
];
