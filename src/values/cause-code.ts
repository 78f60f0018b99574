/**
 * The vocabulary of the verdict: a public contract. Codes are never renamed; each has an entry in the catalogue and a page in docs/causes.
 */
export const causeCodes = [
  'invalid-image-name',
  'manifest-not-found',
  'repository-not-found',
  'not-found-or-denied',
  'short-name-unresolved',
  'auth-required',
  'auth-rejected',
  'auth-expired',
  'auth-forbidden',
  'pull-secret-missing',
  'pull-secret-malformed',
  'pull-secret-wrong-registry',
  'registry-address-blocked',
  'registry-policy-blocked',
  'rate-limited',
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
  'registry-unavailable',
  'registry-blob-missing',
  'registry-bad-response',
  'proxy-cache-upstream',
  'platform-mismatch',
  'unsupported-manifest',
  'corrupt-layer',
  'signature-rejected',
  'disk-full',
  'never-pull',
  'pull-throttled',
  'pull-stalled',
  'runtime-unavailable',
  'content-store-damaged',
  'unpack-failed',
  'mirror-misconfigured',
  'still-pulling',
  'none',
  'unknown',
] as const;

export type CauseCode = (typeof causeCodes)[number];

/** Whether the cause says that something is wrong: `none` and `still-pulling` do not. */
export function isFault(code: CauseCode): boolean {
  return code !== 'none' && code !== 'still-pulling';
}

export type CauseFamily = 'reference' | 'credentials' | 'rate' | 'network' | 'tls' | 'registry' | 'content' | 'node' | 'other';

/** Will it pass if one only waits? `now`: the cause is already gone and the next attempt will succeed. */
export type Retry = 'never' | 'wait' | 'now';

/** `certain`: the evidence excludes the others. `likely`: best explanation, another is possible. `possible`: a guess with a reason. */
export type Confidence = 'certain' | 'likely' | 'possible';
