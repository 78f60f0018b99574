import type { Rule } from './rule.ts';

/**
 * A name that does not resolve: any failure behind `lookup` is DNS's, whatever its last word (Go net/dnsclient_unix.go, net/net.go;
 * getaddrinfo).
 */
export const dnsRules: readonly Rule[] = [
  {
    code: 'dns-failure',
    confidence: 'certain',
    phrases: [
      'no such host',
      'server misbehaving',
      'no answer from dns server',
      'temporary failure in name resolution',
      'name or service not known',
      'could not resolve host',
      'lame referral',
      'getaddrinfo',
      'nodename nor servname',
      'temporary error during hostname resolution',
      'cannot unmarshal dns',
      'read udp ‹',
      'dial udp ‹',
      'write udp ‹',
      'name resolution failed',
      'failed to resolve host',
    ],
    patterns: [
      /\blookup "?‹\w+›"?(?:: | on ‹\w+›: )(?!context|operation was)/,
      /\bdial tcp: lookup (?!"?‹\w+›"?(?: on ‹\w+›)?: (?:context|operation was))/,
    ],
  },
  // whoever asked gave up before the resolver answered
  { code: 'dns-failure', confidence: 'likely', phrases: ['dns resolution', 'dial tcp: lookup '], or: ['pull-stalled'] },
];
