export interface Owner {
  readonly kind: string;
  readonly name: string;
  /** The API group of a type that is not Kubernetes' own, e.g. `argoproj.io`; absent: core, apps or batch. */
  readonly group?: string;
}

export interface PodFacts {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  readonly phase: string;
  /** status.reason and status.message: `Evicted`, admission refusals of the kubelet, and such. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly deletedAt: string | null;
  /** The topmost controller that a user edits: the Deployment rather than its ReplicaSet, the CronJob rather than its Job. */
  readonly owner: Owner | null;
  /** The name of the Job that made it, where the owner is a CronJob. */
  readonly job?: string;
  readonly node: string | null;
  /** Why it has no node yet: the message of the condition PodScheduled=False. */
  readonly unscheduled: string | null;
  /**
   * Nodes that it might have by its selector and affinity, but for their want of disk (their taint `disk-pressure`); absent: none is known.
   */
  readonly shortOfDisk?: readonly string[];
  readonly serviceAccount: string;
  /** How many pods of the workload that was asked about fail in this same way, this one included; absent: a pod was asked about. */
  readonly standsFor?: number;
  /**
   * Where else pods of its workload fail with its image, and where they do not; absent: it fails on all their nodes, or a pod was asked
   * about.
   */
  readonly nodesApart?: NodesApart;
  /** Pods of its StatefulSet that wait for it; absent: none do, or a pod was asked about. */
  readonly heldUp?: HeldUp;
  /** Where the pod stands among the revisions of its Deployment, StatefulSet or DaemonSet; absent: not read. */
  readonly rollout?: Rollout;
}

/** How many, and until they are what. */
export interface HeldUp {
  readonly pods: number;
  readonly until: 'made' | 'updated';
}

/**
 * Names of nodes, and what all that fail have and none of the others: a label, or the version of the kubelet, the runtime or the system.
 */
export interface NodesApart {
  readonly failing: readonly string[];
  readonly fine: readonly string[];
  readonly apart: readonly { readonly what: string; readonly value: string }[];
}

/** The revision that made a pod, and the one that `kubectl rollout undo` would go back to. */
export interface Rollout {
  /** There is no newer one. */
  readonly newest: boolean;
  /** null: there is none. */
  readonly previous: {
    readonly revision: number;
    /** What its containers run, by name. */
    readonly images: Readonly<Record<string, string>>;
    readonly pullSecrets: readonly string[];
    /** Its pods that are ready now; null: not told. */
    readonly ready: number | null;
    /** Its pods that there are now; absent: not told. */
    readonly pods?: number;
  } | null;
  /** The number of the one that made the pod. */
  readonly revision?: number;
  /** When that was rolled out, RFC 3339; absent: not told, as after a rollback. */
  readonly since?: string;
  /** In what it differs from the one before, as far as that bears on pulling; absent: there is none before, or it was not told. */
  readonly changes?: readonly RolloutChange[];
}

/** `before` and `after` as in the template: names of pull secrets, labels of nodes and the like joined by commas; null: not set. */
export interface RolloutChange {
  readonly what: 'image' | 'pullPolicy' | 'pullSecrets' | 'serviceAccount' | 'nodeSelector';
  /** Of an image or its pull policy. */
  readonly container?: string;
  readonly before: string | null;
  readonly after: string | null;
}
