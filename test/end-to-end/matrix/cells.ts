import type { CauseCode } from '../../../src/values/cause-code.ts';

/** How a registry asks who one is. `public`: by tokens, and anyone gets one to pull these repositories. */
export const modes = ['basic', 'token', 'public', 'open'] as const;
export type Mode = (typeof modes)[number];

/** What the pod brings along. */
export const credentials = ['none', 'wrong-host', 'wrong-password', 'expired', 'no-permission', 'good'] as const;
export type Credential = (typeof credentials)[number];

/** What is there of what is asked for: the containers of each pod. */
export const contents = ['there', 'tag-missing', 'repository-missing'] as const;
export type Content = (typeof contents)[number];

export interface Expected {
  readonly code: CauseCode;
  /** Whether the registry's answers leave nothing else open. */
  readonly decided: boolean;
}

/** How a login fares, whatever is asked for; null: it opens what is there. */
const refusals: Readonly<Record<Mode, Readonly<Record<Credential, Expected | null>>>> = {
  basic: {
    none: { code: 'auth-required', decided: true },
    'wrong-host': { code: 'pull-secret-wrong-registry', decided: true },
    'wrong-password': { code: 'auth-rejected', decided: true },
    expired: { code: 'auth-expired', decided: true },
    'no-permission': { code: 'auth-forbidden', decided: true },
    good: null,
  },
  // An empty token is all that a missing repository, a forbidden one and a client without login get.
  token: {
    none: { code: 'not-found-or-denied', decided: false },
    'wrong-host': { code: 'pull-secret-wrong-registry', decided: false },
    'wrong-password': { code: 'auth-rejected', decided: true },
    expired: { code: 'auth-expired', decided: true },
    'no-permission': { code: 'not-found-or-denied', decided: false },
    good: null,
  },
  public: {
    none: null,
    'wrong-host': null,
    'wrong-password': { code: 'auth-rejected', decided: true },
    expired: { code: 'auth-expired', decided: true },
    'no-permission': null,
    good: null,
  },
  open: { none: null, 'wrong-host': null, 'wrong-password': null, expired: null, 'no-permission': null, good: null },
};

const found: Readonly<Record<Content, Expected>> = {
  there: { code: 'none', decided: true },
  'tag-missing': { code: 'manifest-not-found', decided: true },
  'repository-missing': { code: 'repository-not-found', decided: true },
};

export function expectedOf(mode: Mode, credential: Credential, content: Content): Expected {
  return refusals[mode][credential] ?? found[content];
}
