import type { Rule } from '../rule.ts';
import { notKnownToBeSent } from './who.ts';

/** The registry, or the runtime, says that there was no credential. */
export const anonymousRules: readonly Rule[] = [
  {
    code: 'auth-required',
    confidence: 'likely',
    phrases: [
      'no basic auth credentials',
      'missing username or secret',
      'unauthenticated request',
      'anonymous users are only allowed',
      'anonymous access',
      'please login to the red hat registry',
      'must be authenticated',
      'not logged in',
      'may not login yet',
      'login first',
      'please login',
      'please log in',
      'login required',
      'no credentials',
      'anonymous pull',
      'unauthenticated users',
      'not authenticated',
      'authentication is required',
      'basic credential not found',
      'missing username or password',
    ],
    when: notKnownToBeSent,
    or: ['pull-secret-wrong-registry', 'auth-rejected'],
  },
];
