import type { ContainerKind } from './describe.ts';
import type { Obstacle } from './step.ts';

/**
 * What a host is to a pull: the registry, its token server, the storage that blobs are redirected to, or a mirror of the node's
 * configuration.
 */
export type HostRole = 'registry' | 'token' | 'blob' | 'mirror';

/** A host that a pull of an image goes through, and what is asked of it. */
export interface ProbeHost {
  readonly role: HostRole;
  readonly scheme: 'https' | 'http';
  readonly host: string;
  readonly port: number;
  /** null: the manifest of a tag that cannot exist. */
  readonly path: string | null;
}

/** One layer of a connection as a program in a pod on the node saw it. `unknown`: the image has no program that could tell. */
export interface ProbeLayer {
  readonly layer: 'dns' | 'tcp' | 'tls' | 'http';
  readonly result: 'ok' | 'failed' | 'unknown';
  /** The address that was resolved, the certificate's issuer and dates, the HTTP status, or the program's own words. */
  readonly detail: string;
}

/**
 * What the node said to a pod that was made to ask it. `runtime`: a tag that cannot exist was pulled; `kubelet`: a readiness probe
 * connected; `canary`: the image itself was pulled, as the pod would; `tool`: a program in a pod connected.
 */
export interface ProbeAnswer {
  readonly prober: 'runtime' | 'kubelet' | 'canary' | 'tool';
  /** For the runtime: whether the pod's pull secrets were sent along. */
  readonly withSecrets: boolean;
  /** The image (runtime) or URL (kubelet) that was asked for. */
  readonly target: string;
  /** What the host of the URL is to the pull; absent: the registry itself. */
  readonly role?: Exclude<HostRole, 'registry'>;
  /** The event's or status's text; null: no answer in the time given. */
  readonly message: string | null;
  readonly at: string | null;
  /** Why this prober could not be used, where the others could. */
  readonly refusal?: Obstacle;
  /** From the pod's creation to the answer. */
  readonly milliseconds?: number;
  /** Of a tool: in the order of a connection. */
  readonly layers?: readonly ProbeLayer[];
  /** Of a tool: whether it ran in the node's own network, as the runtime does, rather than in a pod's, where network policies hold. */
  readonly hostNetwork?: boolean;
}

export interface ImageProbeFacts {
  readonly container: string;
  readonly kind: ContainerKind;
  readonly answers: readonly ProbeAnswer[];
}

export interface ProbeFacts {
  /** The sentence of the policy, quota or right that forbade a probe pod; null: allowed. */
  readonly refusal: Obstacle | null;
  readonly images: readonly ImageProbeFacts[];
  /** Where the probe pods were made, when it was not the pod's own namespace: there they have no pull secret. */
  readonly namespace?: string;
}
