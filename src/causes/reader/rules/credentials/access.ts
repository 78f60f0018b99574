import type { Rule } from '../rule.ts';
import { atGhcr } from './who.ts';

/** The registry denies this repository to whoever asks, and may hide whether it is there. */
export const accessRules: readonly Rule[] = [
  { code: 'auth-rejected', confidence: 'likely', phrases: ['denied: denied'], when: atGhcr, or: ['auth-forbidden'] },
  {
    code: 'not-found-or-denied',
    confidence: 'likely',
    phrases: [
      'requested access to the resource is denied',
      'access to the requested resource is not authorized',
      'or it may not exist',
      'unauthorized to access repository',
      'access to the resource is denied',
      'verify that it exists',
    ],
    when: ({ clause }) => !/permission ‹?"?.{0,200}denied on resource/.test(clause) && !/artifactregistry|storage\.objects/.test(clause),
    or: ['auth-required', 'auth-forbidden', 'repository-not-found'],
  },
  {
    code: 'auth-forbidden',
    confidence: 'likely',
    phrases: [
      'denied on resource',
      'is not authorized to perform',
      'permission_denied',
      'token has insufficient scope',
      'does not have permission',
      "doesn't have permission",
      'access forbidden',
      'accessdenied',
      'does not have access',
      'lacks permission',
      'insufficient permissions',
      'you are not authorized',
      'not authorized to access',
      'permission denied on',
      'does not have storage.objects',
      'no permission',
      'no pull permission',
      'not have required permission',
      'not permitted to pull',
      'not have artifactregistry',
    ],
    patterns: [/(?<!pull )access denied(?! for\b)/],
    when: ({ error, clause }) =>
      !(error.stage === 'unpack' || error.stage === 'create') && error.status !== 401 && !/no basic auth|unauthenticated/.test(clause),
    or: ['repository-not-found', 'auth-rejected'],
  },
  // docker puts the registry's own words behind its own: where they are not the usual ones, they may say more than is known here
  {
    code: 'not-found-or-denied',
    confidence: 'likely',
    patterns: [/pull access denied.{0,400}\bdenied: (?!requested access|denied\b|\W*$)/],
    when: ({ clause }) => !clause.includes('no basic auth credentials'),
    or: ['auth-forbidden', 'auth-expired'],
  },
  // what is fetched after the manifest was resolved belongs to a repository that is there
  {
    code: 'not-found-or-denied',
    confidence: 'likely',
    stages: ['blob', 'config'],
    phrases: ['insufficient_scope', 'insufficient scope'],
    or: ['auth-forbidden', 'auth-expired'],
  },
  {
    code: 'not-found-or-denied',
    confidence: 'certain',
    phrases: ['insufficient_scope', 'insufficient scope', 'does not exist or no pull access'],
    patterns: [/\bpull access denied for\b/],
    when: ({ clause }) => !clause.includes('no basic auth credentials'),
  },
  // containerd's words before every refusal (remotes/docker/resolver.go): what follows says which, where it is known
  {
    code: 'not-found-or-denied',
    confidence: 'likely',
    phrases: ['pull access denied', 'repository does not exist or may require'],
    when: ({ clause }) => !clause.includes('no basic auth credentials'),
    or: ['auth-required', 'auth-rejected', 'auth-expired'],
  },
];
