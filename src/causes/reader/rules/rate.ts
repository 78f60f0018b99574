import { type Rule, type Said, word } from './rule.ts';

/** Limits: the kubelet's own (pkg/kubelet/images/helpers.go), and those of registries (status 429, `toomanyrequests`). */
export const rateRules: readonly Rule[] = [
  { code: 'pull-throttled', confidence: 'certain', phrases: ['pull qps exceeded'] },
  // a limit of logins: whoever waits it out is refused again
  { code: 'rate-limited', confidence: 'likely', phrases: ['too many failed login attempts'], when: limited, or: ['auth-rejected'] },
  {
    code: 'rate-limited',
    confidence: 'certain',
    phrases: [
      'toomanyrequests',
      'too many requests to registry',
      'pull rate limit',
      'too_many_request',
      'rate exceeded',
      'exceeded your pull limit',
      'rate limit exceeded',
      'throttlingexception',
      'reached your pull limit',
    ],
  },
  { code: 'rate-limited', confidence: 'certain', statuses: [429] },
  {
    code: 'rate-limited',
    confidence: 'likely',
    phrases: ['too many requests', 'pull limit', 'request limit'],
    patterns: [/(?<!disk |space, |storage )quota exceeded/, word('throttled'), word('throttling'), /\brate limit(?:ed|ing)?\b/],
  },
];

function limited({ error, clause }: Said): boolean {
  return error.status === 429 || clause.includes('toomanyrequests') || clause.includes('too many requests');
}
