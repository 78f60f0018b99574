import type { Rule } from './rule.ts';

/** The node's own configuration of mirrors and registries: containerd hosts.toml and CRI config, containers/image sysregistriesv2, tlsclientconfig. */
export const configurationRules: readonly Rule[] = [
  {
    code: 'mirror-misconfigured',
    confidence: 'certain',
    phrases: [
      'no resolve hosts',
      'no pull hosts',
      'get registry endpoints',
      'parse registry endpoint',
      'loading registries conf',
      'loading registries configuration',
      'unable to read ca cert',
      'unable to load ca cert',
      'failed to load x509 key pair',
      'unable to read cert file',
      'get tlsconfig for registry',
      'failed to load ca file',
      'failed to load cert file',
      'cannot be set when',
      'failed to create oci registry',
    ],
    patterns: [/\bregistry "?‹?\w+›?"? is blocked in\b/, /\bis blocked in ‹path›/],
  },
  {
    code: 'mirror-misconfigured',
    confidence: 'likely',
    phrases: [
      'for client certificate',
      'invalid prefix',
      'loading registries',
      'getting default registries',
      'cannot load toml',
      'unable to parse the ‹name› file',
    ],
    patterns: [/\bnear line \d{1,6} \(last key parsed\b/],
  },
  // Go's net/url and net/http on an endpoint that was written without a scheme: its host is taken for one
  {
    code: 'mirror-misconfigured',
    confidence: 'likely',
    phrases: ['missing protocol scheme'],
    patterns: [/\bfailed to do request\b.{0,600}\bunsupported protocol scheme\b/],
    when: ({ error, clause }) => error.stage !== 'token' && !/\binvalid proxy\b|\bproxyconnect\b/.test(clause),
    or: ['registry-bad-response'],
  },
];
