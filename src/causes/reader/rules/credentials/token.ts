import type { Rule } from '../rule.ts';
import { atGhcr, atGoogle, sent } from './who.ts';

/** The token service refused: whether a credential was sent decides between required and rejected. */
export const tokenRules: readonly Rule[] = [
  // Google's token service knows no token for a repository that is not there
  {
    code: 'repository-not-found',
    confidence: 'likely',
    stages: ['token'],
    statuses: [404],
    when: atGoogle,
    or: ['auth-forbidden'],
  },
  {
    code: 'auth-required',
    confidence: 'likely',
    stages: ['token'],
    statuses: [400, 401, 403, 404],
    when: ({ error }) => error.credentialSent === false,
    or: ['repository-not-found', 'pull-secret-wrong-registry'],
  },
  { code: 'auth-rejected', confidence: 'likely', stages: ['token'], statuses: [401], when: sent, or: ['auth-expired'] },
  { code: 'auth-rejected', confidence: 'likely', stages: ['token'], statuses: [400], when: sent, or: ['auth-expired'] },
  {
    code: 'registry-bad-response',
    confidence: 'likely',
    stages: ['token'],
    statuses: [404],
    when: sent,
    or: ['auth-rejected', 'repository-not-found'],
  },
  {
    code: 'auth-rejected',
    confidence: 'likely',
    stages: ['token'],
    statuses: [403],
    when: (said) => sent(said) && atGhcr(said),
    or: ['auth-forbidden'],
  },
];
