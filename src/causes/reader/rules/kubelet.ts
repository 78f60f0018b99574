import type { Rule } from './rule.ts';

/** The kubelet's own verdicts. */
export const kubeletRules: readonly Rule[] = [
  {
    code: 'none',
    confidence: 'likely',
    phrases: [
      'failed to setup network for sandbox',
      'failed to create pod network sandbox',
      'failed to set up sandbox container',
      'networkplugin cni failed',
      'cni plugin not initialized',
      'cni config uninitialized',
      'network plugin is not ready',
      'cni config not initialized',
      'nodes are available:',
      'failed calling webhook',
      'failed for volume',
      'unable to connect to the server',
      'failed to find runtime handler',
      'invalid empty entrypoint and cmd',
    ],
    patterns: [/\bno runtime for "?‹\w+›"? is configured/, /\bis forbidden: (?:get|post) "?‹url›/],
    when: ({ error }) => !/\bpull|errimage|resolve reference|default image tag/i.test(error.raw.slice(0, 65536)),
  },
  {
    // Also of an image that is there and that this pod may not use (KEP-2535).
    code: 'never-pull',
    confidence: 'likely',
    phrases: ['is not present with pull policy of never', 'errimageneverpull', 'is not present with pull policy never'],
    or: ['auth-required'],
  },
];
