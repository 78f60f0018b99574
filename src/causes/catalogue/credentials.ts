import { authExpired } from './auth-expired.ts';
import { authForbidden } from './auth-forbidden.ts';
import { authRejected } from './auth-rejected.ts';
import { authRequired } from './auth-required.ts';
import { pullSecrets } from './pull-secrets.ts';
import { registryBlocks } from './registry-blocks.ts';

export const credentials = {
  'auth-required': authRequired,
  'auth-rejected': authRejected,
  'auth-expired': authExpired,
  'auth-forbidden': authForbidden,
  ...pullSecrets,
  ...registryBlocks,
};
