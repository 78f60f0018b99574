import { type Rule, word } from './rule.ts';

/** Limits: the kubelet's own (pkg/kubelet/images/helpers.go), and those of registries (status 429, `toomanyrequests`). */
export const rateRules: readonly Rule[] = [
  { code: 'pull-throttled', confidence: 'certain', phrases: ['pull qps exceeded'] },
  {
    code: 'rate-limited',
    confidence: 'certain',
    phrases: [
      'toomanyrequests',
      'too many requests',
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
    phrases: ['pull limit', 'quota exceeded', 'request limit'],
    patterns: [word('throttled'), word('throttling'), /\brate limit(?:ed|ing)?\b/],
  },
];
