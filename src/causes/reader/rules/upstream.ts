import type { Rule } from './rule.ts';

const upstreamError = /"detail\\{0,8}" ?: ?\{\\{0,8}"Op\\{0,8}" ?: ?\\{0,8}"(?:Get|Head|Post)/;

/** A pull-through cache whose upstream fails: Harbor proxy projects, ECR pull-through cache, Artifactory and Nexus remotes. */
export const upstreamRules: readonly Rule[] = [
  {
    code: 'proxy-cache-upstream',
    confidence: 'likely',
    phrases: [
      'pull through cache',
      'pull-through cache',
      'pullthroughcache',
      'upstream registry',
      'remote registry',
      'from upstream',
      'proxy cache',
      'proxied registry',
      'upstream image',
      'failed to pull from upstream',
      'upstream repository',
    ],
  },
  // distribution as a pull-through cache puts Go's url.Error into the detail of its own error
  {
    code: 'proxy-cache-upstream',
    confidence: 'likely',
    when: ({ error }) => upstreamError.test(error.raw.slice(0, 8192)),
    or: ['manifest-not-found'],
  },
];
