import { accessRules } from './credentials/access.ts';
import { anonymousRules } from './credentials/anonymous.ts';
import { bareRules } from './credentials/bare.ts';
import { refusalRules } from './credentials/refusal.ts';
import { tokenRules } from './credentials/token.ts';
import type { Rule } from './rule.ts';

/**
 * The credential, or its lack. Whether one was sent decides between required and rejected. The order counts: what the registry says of the
 * credential stands before what was refused, and that before a bare status.
 */
export const credentialRules: readonly Rule[] = [...refusalRules, ...anonymousRules, ...tokenRules, ...accessRules, ...bareRules];
