import type { User } from '@kubernetes/client-node';
import { configurationError } from '../kubeconfig/configuration-error.ts';
import type { KeyPair } from '../kubeconfig/connection.ts';
import type { Environment } from '../kubeconfig/load.ts';
import type { UserEntry } from '../kubeconfig/types.ts';
import { NetworkError } from '../transport/network-error.ts';
import type { Credentials } from './identity.ts';
import { replaceInFile } from './replace-in-file.ts';

type AuthProvider = NonNullable<UserEntry['authProvider']>;

/** A token is taken for expired this long before it is (client-go: plugin/pkg/client/auth/oidc expiryDelta). */
const leewayMilliseconds = 10_000;

/**
 * The legacy `auth-provider` of a user: oidc as in kubectl; azure and gcp, which kubectl has dropped, by client-node, loaded only when
 * needed.
 */
export function authProviderCredentials(
  provider: AuthProvider,
  origin: string,
  certificate: KeyPair | null,
  env: Environment,
): Credentials {
  if (!['oidc', 'azure', 'gcp'].includes(provider.name)) throw configurationError(`no Auth Provider found for name "${provider.name}"`);
  if (provider.name === 'oidc' && !provider.config['idp-issuer-url']) throw configurationError('Must provide idp-issuer-url');
  if (provider.name === 'oidc' && !provider.config['client-id']) throw configurationError('Must provide client-id');
  let pending: Promise<string> | null = null;
  return {
    async current() {
      pending ??= provider.name === 'oidc' ? openIdToken(provider, origin, env) : cloudToken(provider);
      return { authorization: `Bearer ${await pending}`, certificate };
    },
    refuse: () => false,
  };
}

/** Tokens that were renewed are written back into the kubeconfig, as kubectl does: issuers may take each refresh token only once. */
async function openIdToken({ config }: AuthProvider, origin: string, env: Environment): Promise<string> {
  const known = config['id-token'] ?? '';
  if (known !== '' && expiry(known) - leewayMilliseconds > Date.now()) return known;
  if (!config['refresh-token']) throw new NetworkError('failed', 'No valid id-token, and cannot refresh without refresh-token');
  const { renewIdToken } = await import('./openid.ts');
  const renewed = await renewIdToken(config, config['refresh-token'], env);
  replaceInFile(origin, [
    [known, renewed.idToken],
    [config['refresh-token'], renewed.refreshToken],
  ]);
  return renewed.idToken;
}

async function cloudToken({ name, config }: AuthProvider): Promise<string> {
  const user: User = { name, authProvider: { name, config: { ...config } } };
  if (name === 'azure') return applied(new (await import('@kubernetes/client-node/dist/azure_auth.js')).AzureAuth(), user);
  return applied(new (await import('@kubernetes/client-node/dist/gcp_auth.js')).GoogleCloudPlatformAuth(), user);
}

interface Authenticator {
  applyAuthentication(user: User, options: { headers: Record<string, string> }): Promise<void>;
}

async function applied(authenticator: Authenticator, user: User): Promise<string> {
  const options: { headers: Record<string, string> } = { headers: {} };
  try {
    await authenticator.applyAuthentication(user, options);
  } catch (error) {
    throw new NetworkError('failed', `failed to refresh token: ${(error as Error).message.split('\n', 1)[0]}`);
  }
  const token = options.headers.Authorization?.replace('Bearer ', '');
  if (!token) throw new NetworkError('failed', `the auth provider of user ${user.name} gave no token`);
  return token;
}

/** Milliseconds since the epoch; 0 where the token does not say. */
function expiry(token: string): number {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp?: number };
    return (claims.exp ?? 0) * 1000;
  } catch {
    return 0;
  }
}
