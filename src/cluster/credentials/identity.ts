import type { KeyPair } from '../kubeconfig/connection.ts';
import type { Environment } from '../kubeconfig/load.ts';

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
  /** Called when a plugin takes long and has asked for nothing: nobody is to wait in the dark. */
  readonly loginWaits?: ((plugin: string) => void) | undefined;
  /** Standard input is a terminal. */
  readonly isTTY: boolean;
  readonly signal: AbortSignal;
}
