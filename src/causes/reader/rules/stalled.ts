import type { Rule } from './rule.ts';

/** A pull that somebody gave up. */
export const stalledRules: readonly Rule[] = [
  {
    code: 'pull-stalled',
    confidence: 'likely',
    phrases: [
      'context canceled',
      'context cancelled',
      'deadline exceeded',
      'net/http: request canceled',
      'operation was canceled',
      'because of no progress',
      'image pull deadline',
      'cancel pulling',
      'operation was cancelled',
      'cancelled during retry delay',
      'registration cancelled',
      'pulling cancelled',
    ],
    or: ['connect-timeout'],
  },
  {
    code: 'pull-stalled',
    confidence: 'possible',
    patterns: [/\block(?:ed)? for ‹?.{0,80}unavailable/, /\bref .{0,300}locked\b/],
    or: ['content-store-damaged'],
  },
];
