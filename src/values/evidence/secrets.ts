import type { ContainerKind } from './describe.ts';
import type { Obstacle } from './step.ts';

export type SecretFault = 'wrong-type' | 'missing-key' | 'bad-json' | 'bad-base64' | 'bad-auth' | 'no-entries';

export interface CredentialEntry {
  /** The key as written under `auths`. */
  readonly key: string;
  readonly user: string;
  /** Neither user nor password: an entry that the kubelet sends as nothing. */
  readonly empty: boolean;
  /** When the credential itself says that it ends (JWT `exp`, ECR's payload); null where it does not say. */
  readonly expiresAt: string | null;
  /**
   * Peculiarities that break logins: `password-ends-in-newline`, `identity-token-ignored`, `credential-helper-ignored`,
   * `short-lived-token`, `not-utf8` …
   */
  readonly remarks: readonly string[];
}

export interface SecretFacts {
  readonly name: string;
  readonly state: 'usable' | 'missing' | 'faulty' | 'unreadable';
  readonly obstacle: Obstacle | null;
  readonly type: string | null;
  /** `key`: of the entry that it lies in. */
  readonly fault: { readonly code: SecretFault; readonly detail: string; readonly key?: string } | null;
  readonly createdAt: string | null;
  readonly changedAt: string | null;
  readonly entries: readonly CredentialEntry[];
  /** Of one that is missing: pull secrets of the namespace with a name like it. `fits`: it has an entry for an image of the pod. */
  readonly near?: readonly { readonly name: string; readonly fits: boolean }[];
}

/** One credential that the kubelet would send, identified without its password. */
export interface CredentialName {
  readonly secret: string;
  readonly key: string;
  readonly user: string;
}

export interface ImageCredentials {
  readonly container: string;
  readonly kind: ContainerKind;
  /** In the kubelet's order; empty: it would pull anonymously (or with the node's own credentials). */
  readonly tries: readonly CredentialName[];
  /** Where nothing matches: the key that comes nearest, and what it should have been. */
  readonly nearest: { readonly secret: string; readonly key: string; readonly shouldBe: string } | null;
}

export interface SecretsFacts {
  /** In the pod's order. */
  readonly secrets: readonly SecretFacts[];
  readonly images: readonly ImageCredentials[];
}
