import type { Said } from '../rule.ts';

/** Several attempts, a token for a user, or the registry's own words say that a credential was sent. */
export const sent = ({ error }: Said) => error.credentialSent === true;
export const notKnownToBeSent = ({ error }: Said) => error.credentialSent !== true;

export const atGhcr = ({ error }: Said) => error.request?.host === 'ghcr.io' || (error.image ?? '').startsWith('ghcr.io/');
export const atGoogle = ({ error }: Said) => /(?:^|\.|-)(?:docker\.pkg\.dev|gcr\.io)$/.test(error.request?.host ?? '');
export const atPublicEcr = ({ error }: Said) => /^public\.ecr\.aws/.test(error.request?.host ?? error.image ?? '');
export const atEcr = ({ error }: Said) => /\.dkr[.-]ecr|public\.ecr\.aws/.test(`${error.request?.host ?? ''} ${error.image ?? ''}`);
