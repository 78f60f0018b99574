import type { CauseCode } from '../../values/cause-code.ts';
import type { SignName } from './spread.ts';

interface Weight {
  /** These causes explain the pattern, the best first. */
  readonly more: readonly CauseCode[];
  /** And these would show another one. */
  readonly less: readonly CauseCode[];
  /** A cause that the sign leaves as it is, and what it leaves open beside it. */
  readonly opens?: Partial<Record<CauseCode, readonly CauseCode[]>>;
}

const wayOfNode = [
  'dns-failure',
  'connect-timeout',
  'mirror-misconfigured',
  'proxy-failure',
  'no-route',
  'connect-refused',
  'connection-dropped',
  'tls-unknown-authority',
  'tls-handshake-failed',
  'http-on-https',
] as const;
const withinNode = ['runtime-unavailable', 'disk-full', 'content-store-damaged', 'unpack-failed'] as const;
const ofRegistry = ['registry-unavailable', 'registry-bad-response', 'tls-expired', 'tls-name-mismatch'] as const;
const ofImage = [
  'manifest-not-found',
  'repository-not-found',
  'registry-blob-missing',
  'unsupported-manifest',
  'corrupt-layer',
  'registry-policy-blocked',
] as const;
const ofCredential = ['auth-required', 'auth-rejected', 'auth-forbidden', 'pull-secret-missing', 'pull-secret-wrong-registry'] as const;

/**
 * Who fails and who does not → what becomes more or less likely. Data: the only place of it. Images in use may have been pulled long ago,
 * and what changed just before need not be the cause, so nothing here proves anything.
 */
export const spreadTable: Readonly<Record<SignName, Weight>> = {
  'only-this-node': { more: [...wayOfNode, ...withinNode], less: [...ofRegistry, ...ofImage] },
  'every-node': {
    more: [
      'registry-unavailable',
      'connect-timeout',
      'rate-limited',
      'registry-bad-response',
      'tls-expired',
      'tls-name-mismatch',
      'connect-refused',
      'tls-unknown-authority',
      'dns-failure',
      'no-route',
      'connection-dropped',
      'proxy-failure',
      'tls-handshake-failed',
      'http-on-https',
    ],
    less: withinNode,
  },
  'whole-node': {
    more: ['dns-failure', 'connect-timeout', 'proxy-failure', 'no-route', ...withinNode],
    less: [...ofRegistry, ...ofImage, ...ofCredential, 'rate-limited'],
  },
  'others-here': { more: [...ofImage, ...ofCredential], less: [...wayOfNode, ...ofRegistry] },
  'image-elsewhere': {
    more: ofCredential,
    less: ofImage,
    // a mirror that lags serves other content than the registry
    opens: { 'manifest-not-found': ['mirror-misconfigured'] },
  },
  'image-nowhere': { more: ofImage, less: withinNode },
  'node-is-new': {
    more: [
      'mirror-misconfigured',
      'tls-unknown-authority',
      'dns-failure',
      'proxy-failure',
      'no-route',
      'connect-timeout',
      'connect-refused',
    ],
    less: ['auth-expired'],
  },
  'secret-is-new': {
    more: ['auth-rejected', 'pull-secret-malformed', 'pull-secret-wrong-registry', 'auth-forbidden', 'not-found-or-denied'],
    less: ['auth-expired'],
  },
  'rollout-is-new': {
    more: [
      ...ofImage,
      'not-found-or-denied',
      'invalid-image-name',
      'platform-mismatch',
      'pull-secret-missing',
      'pull-secret-wrong-registry',
      'auth-required',
    ],
    less: ['registry-unavailable', 'auth-expired'],
  },
};

/** Signs of a place, which explain by themselves where nothing was heard; changes only add to them. */
export const ofPlace: ReadonlySet<SignName> = new Set(['only-this-node', 'every-node', 'whole-node']);
