import type { Rule } from '../rule.ts';
import { atGhcr, atGoogle, sent } from './who.ts';

const noTokenServer = [300, 301, 302, 303, 307, 308, 402, 404, 405, 406, 409, 410, 411, 415, 421, 426];

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
  // no refusal of a login: what answers there hands out no tokens
  {
    code: 'registry-bad-response',
    confidence: 'likely',
    stages: ['token'],
    statuses: noTokenServer,
    when: ({ error }) => error.credentialSent === false,
    or: ['auth-required', 'repository-not-found'],
  },
  {
    code: 'registry-bad-response',
    confidence: 'likely',
    stages: ['token'],
    statuses: noTokenServer,
    or: ['auth-rejected', 'repository-not-found'],
  },
  {
    code: 'auth-required',
    confidence: 'likely',
    stages: ['token'],
    statuses: [400, 401, 403],
    when: ({ error }) => error.credentialSent === false,
    or: ['repository-not-found', 'pull-secret-wrong-registry'],
  },
  { code: 'auth-rejected', confidence: 'likely', stages: ['token'], statuses: [401], when: sent, or: ['auth-expired'] },
  { code: 'auth-rejected', confidence: 'likely', stages: ['token'], statuses: [400], when: sent, or: ['auth-expired'] },
  {
    code: 'auth-rejected',
    confidence: 'likely',
    stages: ['token'],
    statuses: [403],
    when: (said) => sent(said) && atGhcr(said),
    or: ['auth-forbidden'],
  },
];
