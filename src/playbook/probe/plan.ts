import type { ContainerKind, ProbeHost, Reference } from '../../values/evidence.ts';

/** What the node is to be asked, and on behalf of which pod. */
export interface ProbePlan {
  /** Where the probe pods are made. */
  readonly namespace: string;
  /** It is not the pod's own: nothing can be owned by the pod there, and its pull secrets and service account are not there. */
  readonly elsewhere?: boolean;
  /** Becomes the owner of the probe pods, so that the cluster removes them with it. */
  readonly pod: { readonly name: string; readonly uid: string };
  readonly node: string;
  readonly serviceAccount: string;
  /** As in the pod's spec, in order. */
  readonly pullSecrets: readonly string[];
  readonly targets: readonly ProbeTarget[];
  /** Wait for every prober, also where one has told enough. */
  readonly thorough?: boolean;
  /** Pull the images themselves, as the pod would, rather than a tag that cannot exist. */
  readonly tryPull?: boolean;
  /** An image with a shell, to connect from as well; absent: only where the kubelet may not connect, with an image that is on the node. */
  readonly toolImage?: string;
}

export interface ProbeTarget {
  readonly container: string;
  readonly kind: ContainerKind;
  /** As written. */
  readonly image: string;
  readonly reference: Reference;
  /** Ask the runtime once more without the pull secrets. */
  readonly anonymously: boolean;
  /** Hosts for the kubelet and for tools to connect to, the registry first; none: the runtime's answer will do. */
  readonly hosts: readonly ProbeHost[];
}

export interface ProbeOptions {
  /** For the answers; removing the pods takes at most a few seconds more. */
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
  /** Which run of the program this is: pods of a run on this machine that is no more are swept at once. */
  readonly run?: ProbeRun;
  announce(text: string): void;
}

export interface ProbeRun {
  /** Tells this machine from others; letters, digits, `-` and `.` only. */
  readonly machine: string;
  readonly process: number;
  isAlive(process: number): boolean;
}
