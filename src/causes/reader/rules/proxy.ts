import type { Rule } from './rule.ts';

/**
 * A proxy between node and registry. Go's net/http (transport.go) says `proxyconnect tcp` when it cannot reach the proxy, and nothing but
 * the status text behind the URL when the proxy refuses to connect on: no registry's answer looks like that.
 */
export const proxyRules: readonly Rule[] = [
  {
    code: 'proxy-failure',
    confidence: 'certain',
    phrases: [
      'proxyconnect tcp',
      'socks connect',
      'proxy authentication required',
      'http: invalid proxy',
      'invalid proxy url',
      'unable to connect to proxy',
      'error connecting to proxy',
      'connecting to proxy',
    ],
  },
  { code: 'proxy-failure', confidence: 'certain', statuses: [407] },
  {
    code: 'proxy-failure',
    confidence: 'likely',
    when: ({ error }) =>
      /‹url›"?: "?(?:Forbidden|Bad Gateway|Service Unavailable|Gateway Time-?[Oo]ut|Bad Request|Internal Server Error|Access Denied|Method Not Allowed|authenticationrequired)\b/.test(
        error.clause,
      ),
    or: ['registry-unavailable', 'auth-forbidden'],
  },
  {
    code: 'proxy-failure',
    confidence: 'likely',
    phrases: [
      'evaluating pac file',
      'squid',
      'zscaler',
      'proxy error',
      'blocked by proxy',
      'x-squid-error',
      'fortiguard',
      'bluecoat',
      'web filter',
    ],
  },
];
