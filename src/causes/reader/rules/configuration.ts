import type { Rule } from './rule.ts';

/**
 * The node's own configuration of mirrors and registries: containerd hosts.toml and CRI config, containers/image sysregistriesv2,
 * tlsclientconfig.
 */
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
      'cannot be set when',
      'unknown capability',
      'for "client"',
      'for "ca"',
      'for header',
      'no corresponding key file',
      'no corresponding cert file',
      'missing client certificate',
      'non-mirror registry',
      'invalid short-name mode',
      'invalid mirror:',
      'no endpoints found for',
      'tls: failed to find any pem data',
      'tls: failed to find certificate pem data',
      'tls: found a certificate rather than a key',
      'tls: private key type does not match',
      'tls: private key does not match',
      'tls: failed to parse private key',
      'unable to parse the ‹name› file',
    ],
    patterns: [
      /\bnear line \d{1,6} \(last key parsed\b/,
      /\binvalid \S{1,12} tree\b/,
      /\binsecure registry ‹?\w+›? should not\b/,
      /\binvalid (?:type|pair) .{1,120} for "?‹?(?:ca|client|header|name)\b/,
    ],
  },
  // a link to a certificate that is not there (containers/image tlsclientconfig, moby registry, containerd hosts)
  {
    code: 'mirror-misconfigured',
    confidence: 'likely',
    patterns: [/\bopen ‹path›"?: (?:no such file|permission denied|is a directory|too many levels)/],
    when: ({ error }) => /\/certs\.d\//.test(error.raw.slice(0, 8192)),
    or: ['tls-unknown-authority'],
  },
  // Go's net/url and net/http on an endpoint that was written without a scheme: its host is taken for one
  {
    code: 'mirror-misconfigured',
    confidence: 'likely',
    phrases: [
      'missing protocol scheme',
      'no host in request url',
      'first path segment in url cannot contain colon',
      "missing ']' in host",
      'invalid control character in url',
      'net/url: invalid userinfo',
      'invalid uri for request',
      'empty url',
    ],
    patterns: [/\bfailed to do request\b.{0,600}\bunsupported protocol scheme\b/, /\binvalid port .{1,80} after host/],
    when: ({ error, clause }) =>
      error.stage !== 'token' && error.stage !== 'credentials' && !/\binvalid proxy\b|\bproxyconnect\b/.test(clause),
    or: ['registry-bad-response'],
  },
];
