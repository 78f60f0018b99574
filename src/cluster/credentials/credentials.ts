import type { Connection } from '../kubeconfig/connection.ts';
import { authProviderCredentials } from './auth-provider.ts';
import { execCredentials } from './exec-plugin.ts';
import type { CredentialOptions, Credentials, Identity } from './identity.ts';
import { tokenFileCredentials } from './token-file.ts';

/** kubectl's order: a token, a user name or a certificate keep an exec plugin from being run (client-go: exec.go UpdateTransportConfig). */
export function credentialsFor(connection: Connection, options: CredentialOptions): Credentials {
  const { user, clientCertificate: certificate } = connection;
  if (user.tokenFile !== '') return tokenFileCredentials(user.tokenFile, user.token, certificate);
  if (user.token !== '') return fixed({ authorization: `Bearer ${user.token}`, certificate });
  if (user.username !== '' || user.password !== '') {
    const pair = Buffer.from(`${user.username}:${user.password}`).toString('base64');
    return fixed({ authorization: `Basic ${pair}`, certificate });
  }
  if (user.authProvider) return authProviderCredentials(user.authProvider, user.origin, certificate, options.env);
  if (user.exec && !certificate) return execCredentials(user.exec, connection, options);
  return fixed({ authorization: null, certificate });
}

function fixed(identity: Identity): Credentials {
  return { current: async () => identity, refuse: () => false };
}
