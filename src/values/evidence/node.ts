import type { ContainerFacts, ContainerKind } from './describe.ts';
import type { Platform } from './registry.ts';
import type { Obstacle, Reading } from './step.ts';

export interface NodeCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly since: string | null;
}

export interface FileSystemFacts {
  readonly availableBytes: number;
  readonly capacityBytes: number;
  readonly inodesFree: number | null;
  readonly inodes: number | null;
  /** What the runtime counts as images, unpacked (CRI ImageFsInfo); containerd keeps their compressed layers besides. */
  readonly imagesBytes?: number;
  /** The pods that wrote most to the node's disks (layers of containers, logs, emptyDirs), the greatest first: only where room is short. */
  readonly writers?: readonly { readonly pod: string; readonly bytes: number }[];
}

/**
 * Who else pulls from the same registry (by its host in small letters, without `:443`), or this image. Counts are of images in use by pods,
 * each image and node once.
 */
export interface Neighbours {
  readonly container: string;
  readonly kind: ContainerKind;
  readonly sameImageWorks: readonly { readonly pod: string; readonly node: string }[];
  readonly sameImageFails: readonly { readonly pod: string; readonly node: string }[];
  readonly sameRegistryHere: { readonly works: number; readonly fails: number };
  readonly sameRegistryElsewhere: { readonly works: number; readonly fails: number };
  readonly otherRegistriesHere: { readonly works: number; readonly fails: number };
  /** Images that work, of another name that is like this one's. */
  readonly alike?: readonly { readonly image: string; readonly pod: string }[];
  /** The list of pods ended early (too many, or too slow): the counts are lower bounds. */
  readonly cut?: boolean;
  /** Only this namespace's pods could be listed. */
  readonly namespace?: string;
  /** What stood in the way of the pods of all namespaces; absent: nothing, or only one namespace was asked about. */
  readonly unlisted?: Obstacle;
  /**
   * Of the images of this registry, here and elsewhere, those that write its host as this one does: only where that is not in small letters
   * and without `:443`.
   */
  readonly asWritten?: { readonly works: number; readonly fails: number };
  /** What is said of those that fail: a few of each place, each image and node once, those first of which something is said. */
  readonly failures?: readonly NeighbourFailure[];
  /** When pods of this registry were made: the newest that has its image, and the oldest that lacks it. */
  readonly timesHere?: NeighbourTimes;
  readonly timesElsewhere?: NeighbourTimes;
}

export interface NeighbourTimes {
  readonly newestWorking: string | null;
  readonly oldestFailing: string | null;
  /** The newest that has its image and for which it must be pulled at every start: `newestWorking` may have found it on the node. */
  readonly newestPulled?: string | null;
}

/** An image that another pod lacks, with the words of its status: kubelets before 1.32 say between attempts only that they wait. */
export interface NeighbourFailure {
  /** Of the same registry on this node or another, or of another registry on this node. */
  readonly where: 'here' | 'elsewhere' | 'others';
  readonly image: string;
  readonly node: string;
  readonly waiting: ContainerFacts['waiting'];
}

/** The kubelet's configuration as far as it bears on images (`/configz`, kubelet.config.k8s.io/v1beta1). null: not set, or not served. */
export interface KubeletConfig {
  /** `imagefs.available` and the like of evictionHard, as written: `15%` or `1Gi`. */
  readonly evictionHard: Readonly<Record<string, string>>;
  readonly imageGCHighThresholdPercent: number | null;
  readonly serializeImagePulls: boolean | null;
  readonly maxParallelImagePulls: number | null;
  /** 0: no limit. */
  readonly registryPullQPS: number | null;
  readonly registryBurst: number | null;
  readonly credentialVerification: string | null;
}

/** Lines of the node's own logs that are about the image, its registry or its pull. */
export interface NodeLogs {
  /** Where they were read, e.g. `/logs/?query=containerd`. */
  readonly sources: readonly string[];
  readonly lines: readonly string[];
}

/** What images a node can run. */
export interface NodePlatform {
  readonly name: string;
  readonly platform: Platform;
  /** As the node reports it, e.g. `containerd://2.1.4`. */
  readonly runtime?: string;
}

export interface NodeFacts {
  readonly name: string;
  /** What stood in the way of the Node object: platform, versions, creation, provider, conditions and images present are then empty. */
  readonly unread?: Obstacle;
  readonly platform: { readonly os: string; readonly architecture: string };
  readonly kubelet: string;
  readonly runtime: string;
  readonly createdAt: string;
  /** As in spec.providerID, e.g. `aws:///eu-west-1a/i-0123`. */
  readonly provider: string | null;
  readonly conditions: readonly NodeCondition[];
  readonly imageFs: Reading<FileSystemFacts>;
  /** Images (by the names of node.status.images) of this pod's containers that are already on the node. */
  readonly imagesPresent: readonly string[];
  /** How many images the node lists in all. */
  readonly imagesListed?: number;
  /** Warning events about the node's disk and image garbage collection. */
  readonly events: readonly { readonly reason: string; readonly message: string; readonly last: string }[];
  readonly neighbours: Reading<readonly Neighbours[]>;
  /** All nodes of the cluster; read only where an image is for none of this node's platform. */
  readonly platforms?: Reading<readonly NodePlatform[]>;
  /** Read only where it explains something. */
  readonly kubeletConfig?: Reading<KubeletConfig>;
  /** Read only when asked for (--node-logs). */
  readonly logs?: Reading<NodeLogs>;
}
