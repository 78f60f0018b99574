import { fileDenied, type Rule, word } from '../rule.ts';
import { sent } from './who.ts';

/** Nothing but a status or a word, such as `unauthorized`: what is left when nobody said more. */
export const bareRules: readonly Rule[] = [
  {
    code: 'auth-forbidden',
    confidence: 'likely',
    statuses: [403],
    when: (said) => sent(said) || said.error.stage !== 'token',
    or: ['auth-required', 'registry-address-blocked'],
  },
  { code: 'auth-required', confidence: 'likely', stages: ['token'], statuses: [403], or: ['auth-forbidden', 'auth-rejected'] },
  { code: 'auth-rejected', confidence: 'likely', statuses: [401], when: sent, or: ['auth-expired', 'auth-forbidden'] },
  {
    code: 'auth-rejected',
    confidence: 'likely',
    patterns: [word('unauthorized'), word('authentication required')],
    when: sent,
    or: ['auth-expired', 'auth-forbidden'],
  },
  {
    code: 'auth-required',
    confidence: 'likely',
    phrases: [
      'authentication required',
      'authorization required',
      'authorization header required',
      'unable to retrieve auth token',
      'no supported grant type',
      'must authenticate',
      'unauthorized:',
      'need to login',
      'login to the',
      'authorization failed',
      'may not have access to the',
    ],
    patterns: [word('unauthorized'), word('unauthenticated'), word('code = unauthenticated')],
    or: ['auth-rejected', 'pull-secret-wrong-registry'],
  },
  { code: 'auth-required', confidence: 'likely', statuses: [401], or: ['auth-rejected', 'pull-secret-wrong-registry'] },
  // pkg/credentialprovider/plugin: a provider that fails is logged, and the pull goes on without its credential
  {
    code: 'auth-required',
    confidence: 'possible',
    phrases: [
      'error getting credentials',
      'credential helper',
      'docker-credential-',
      'credential provider',
      'getting credential',
      'get service account ',
      'service account token',
      'required annotation',
    ],
    or: ['auth-rejected'],
  },
  {
    code: 'auth-forbidden',
    confidence: 'likely',
    patterns: [word('denied'), word('forbidden')],
    when: ({ error, clause }) => error.stage !== 'unpack' && error.stage !== 'create' && !fileDenied.test(clause),
    or: ['auth-required', 'not-found-or-denied'],
  },
];
