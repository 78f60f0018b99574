import type { Connection, KeyPair } from '../kubeconfig/connection.ts';
import type { Environment } from '../kubeconfig/load.ts';
import { authProviderCredentials } from './auth-provider.ts';
import { execCredentials } from './exec-plugin.ts';
import { tokenFileCredentials } from './token-file.ts';

/** Who one is to the API server: what goes into the request, and what into the TLS handshake. */
export interface Identity {
  /** Value of the Authorization header. */
  readonly authorization: string | null;
  readonly certificate: KeyPair | null;
}

/** A source of identities; one that is expensive to make is made once and shared. */
export interface Credentials {
  /** @throws ConnectionError, or NetworkError with the reason why there is none. */
  current(): Promise<Identity>;
  /** The server refused this identity: forget it. True where another may now be had. */
  refuse(identity: Identity): boolean;
}

export interface CredentialOptions {
  readonly env: Environment;
  readonly stderr: (text: string) => void;
  /** Standard input is a terminal. */
  readonly isTTY: boolean;
  readonly signal: AbortSignal;
}

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
