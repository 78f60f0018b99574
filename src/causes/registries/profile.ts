import type { Reference } from '../../values/evidence.ts';

export type RegistryKind =
  | 'docker-hub'
  | 'ecr'
  | 'ecr-public'
  | 'artifact-registry'
  | 'acr'
  | 'mcr'
  | 'ghcr'
  | 'gitlab'
  | 'quay'
  | 'harbor'
  | 'artifactory'
  | 'registry-k8s-io'
  | 'red-hat'
  | 'nvcr'
  | 'docr'
  | 'ocir'
  | 'icr'
  | 'other';

/** What a registry's host tells about its credentials and commands. The texts marked "shell" may stand in a command as they are. */
export interface RegistryProfile {
  readonly kind: RegistryKind;
  /** For people, e.g. `Amazon ECR`. */
  readonly name: string;
  /** The key that the kubelet matches for this registry's images: the value of --docker-server. */
  readonly server: string;
  /** Shell: the user that the registry prescribes, or a placeholder. */
  readonly username: string;
  /** Shell: a command that prints the password, or a placeholder. */
  readonly password: string;
  /** What to use as the password, as part of a sentence. */
  readonly credential: string;
  /** How long such a password lives, in hours; null where it does not say. */
  readonly lifetimeHours: number | null;
  /** Everything in it is public: a credential is never the cure. */
  readonly publicOnly: boolean;
  /** Shell: lists the repository's tags. */
  readonly listTags: string;
  /** How a user of this registry gets the right to pull; null where its own pages for people are the only way. */
  readonly grant: { readonly how: string; readonly commands: readonly string[] } | null;
  /** How the nodes' own identity gets the right to pull, where this registry belongs to a cloud. */
  readonly nodeAccess: NodeAccess | null;
}

export interface NodeAccess {
  readonly title: string;
  readonly commands: readonly string[];
  /** The beginning of spec.providerID on nodes of this cloud. */
  readonly providers: readonly string[];
  /** For people: the cloud, and what a node shows there without any pull secret. */
  readonly cloud: string;
  readonly identity: string;
}

/** A pattern of registry hosts, and what is known of those; what it leaves out is as of any registry. */
export interface HostRule {
  readonly host: RegExp;
  readonly profile: (reference: Reference, match: RegExpExecArray) => Partial<RegistryProfile>;
}
