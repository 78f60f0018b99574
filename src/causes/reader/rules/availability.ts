import { type Rule, word } from './rule.ts';

/** The registry or its token server is unwell. */
export const availabilityRules: readonly Rule[] = [
  // Harbor and distribution say it of one manifest or layer that they cannot read as well, caches of one that their upstream does not give
  {
    code: 'registry-unavailable',
    confidence: 'likely',
    statuses: [500],
    when: ({ error }) => error.stage !== 'token',
    or: ['registry-blob-missing', 'proxy-cache-upstream'],
  },
  {
    code: 'registry-unavailable',
    confidence: 'certain',
    statuses: [500, 501, 502, 503, 504, 505, 507, 508, 509, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598, 599],
  },
  {
    code: 'registry-unavailable',
    confidence: 'likely',
    phrases: [
      'service unavailable',
      'internal server error',
      'bad gateway',
      'gateway timeout',
      'gateway time-out',
      'service temporarily unavailable',
      'unknown: internal',
      'unknown: unknown error',
      'temporarily unavailable',
      'under maintenance',
      'upstream connect error',
      'no healthy upstream',
      'unavailable: service',
      'registry is in read-only',
      'unknown: database',
      'server error',
    ],
    patterns: [word('unavailable: ')],
  },
];
