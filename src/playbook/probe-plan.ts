import type { ContainerKind, Reference } from '../values/evidence.ts';

/** What the node is to be asked, and on behalf of which pod. */
export interface ProbePlan {
  readonly namespace: string;
  /** Becomes the owner of the probe pods, so that the cluster removes them with it. */
  readonly pod: { readonly name: string; readonly uid: string };
  readonly node: string;
  readonly serviceAccount: string;
  /** As in the pod's spec, in order. */
  readonly pullSecrets: readonly string[];
  readonly targets: readonly ProbeTarget[];
}

export interface ProbeTarget {
  readonly container: string;
  readonly kind: ContainerKind;
  readonly reference: Reference;
  /** Ask the runtime once more without the pull secrets. */
  readonly anonymously: boolean;
  /** A host for the kubelet to connect to; null: the runtime's answer will do. */
  readonly kubelet: { readonly host: string; readonly port: number } | null;
}

export interface ProbeOptions {
  /** For the answers; removing the pods takes at most a few seconds more. */
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
  announce(text: string): void;
}
