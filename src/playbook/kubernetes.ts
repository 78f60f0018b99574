/** The fields of Kubernetes objects that the playbook reads, as the API serves them: anything may be absent. */

export interface RawMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly RawOwnerReference[];
}

export interface RawOwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

export interface RawCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export interface RawContainer {
  readonly name: string;
  readonly image?: string;
  readonly imagePullPolicy?: string;
  readonly restartPolicy?: string;
  readonly volumeMounts?: readonly { readonly name: string }[];
}

export interface RawVolume {
  readonly name: string;
  readonly image?: { readonly reference?: string; readonly pullPolicy?: string };
}

export interface RawTerminated {
  readonly reason?: string;
  readonly message?: string;
  readonly exitCode?: number;
  readonly startedAt?: string | null;
  readonly finishedAt?: string | null;
}

export interface RawState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: RawTerminated;
}

export interface RawContainerStatus {
  readonly name: string;
  readonly image?: string;
  readonly imageID?: string;
  readonly containerID?: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: RawState;
  readonly lastState?: RawState;
}

export interface RawPod {
  readonly metadata: RawMeta;
  readonly spec: {
    readonly nodeName?: string;
    readonly activeDeadlineSeconds?: number;
    readonly serviceAccountName?: string;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly imagePullSecrets?: readonly { readonly name?: string }[];
    readonly containers: readonly RawContainer[];
    readonly initContainers?: readonly RawContainer[];
    readonly ephemeralContainers?: readonly RawContainer[];
    readonly volumes?: readonly RawVolume[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly RawCondition[];
    readonly containerStatuses?: readonly RawContainerStatus[];
    readonly initContainerStatuses?: readonly RawContainerStatus[];
    readonly ephemeralContainerStatuses?: readonly RawContainerStatus[];
  };
}

export interface RawEvent {
  readonly metadata: RawMeta;
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string | null };
  readonly source?: { readonly component?: string; readonly host?: string };
  readonly reportingComponent?: string;
  readonly involvedObject?: { readonly uid?: string; readonly name?: string; readonly fieldPath?: string };
}

export interface RawNode {
  readonly metadata: RawMeta;
  readonly spec?: { readonly providerID?: string; readonly taints?: readonly { readonly key?: string }[] };
  readonly status?: {
    readonly conditions?: readonly RawCondition[];
    readonly images?: readonly { readonly names?: readonly string[] | null }[];
    readonly nodeInfo?: {
      readonly operatingSystem?: string;
      readonly architecture?: string;
      readonly kubeletVersion?: string;
      readonly containerRuntimeVersion?: string;
    };
  };
}

export interface RawTemplate {
  readonly spec?: {
    readonly containers?: readonly RawContainer[];
    readonly initContainers?: readonly RawContainer[];
    readonly imagePullSecrets?: RawPod['spec']['imagePullSecrets'];
    readonly serviceAccountName?: string;
    readonly nodeSelector?: Readonly<Record<string, string>>;
  };
}

/** A controller of pods: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob or ReplicationController. */
export interface RawWorkload {
  readonly metadata: RawMeta;
  readonly spec?: {
    readonly replicas?: number;
    readonly suspend?: boolean;
    readonly paused?: boolean;
    readonly podManagementPolicy?: string;
    readonly ordinals?: { readonly start?: number };
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } };
    /** Of a CronJob. */
    readonly schedule?: string;
    readonly template?: RawTemplate;
    /** A plain map in a ReplicationController. */
    readonly selector?: RawSelector | Readonly<Record<string, string>>;
    /** Of what only scales another. */
    readonly scaleTargetRef?: { readonly apiVersion?: string; readonly kind?: string; readonly name?: string };
    /** Of an Argo Rollout: whose template it uses. */
    readonly workloadRef?: unknown;
  };
  readonly status?: {
    readonly conditions?: readonly RawCondition[];
    readonly desiredNumberScheduled?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    /** Of a StatefulSet: the label of the pods of its newest revision. */
    readonly updateRevision?: string;
    readonly updatedNumberScheduled?: number;
    /** Of an Argo Rollout: the label of the pods of its newest revision, that it was given up, and what it waits for. */
    readonly currentPodHash?: string;
    readonly abort?: boolean;
    readonly pauseConditions?: readonly unknown[] | null;
    /** A text in an Argo Rollout. */
    readonly observedGeneration?: number | string;
    readonly succeeded?: number;
    readonly lastScheduleTime?: string;
    /** Of what can be scaled (the scale subresource's labelSelectorPath). */
    readonly selector?: string;
    readonly labelSelector?: string;
  };
}

export interface RawSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

export interface RawList<T> {
  readonly metadata?: { readonly continue?: string; readonly resourceVersion?: string };
  readonly items?: readonly T[] | null;
}

/** The reference to the one controller of an object; null where it has none. */
export function controllerOf(meta: RawMeta): RawOwnerReference | null {
  return meta.ownerReferences?.find((reference) => reference.controller === true) ?? null;
}
