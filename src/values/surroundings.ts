/**
 * Facts beside the cause that bear on it: who else fails or is spared, what this workstation sees, what changed just before. None of them
 * speaks against it.
 */
export interface Surroundings {
  readonly spread?: Spread;
  readonly workstation?: Workstation;
  /** Within a quarter of an hour before the first failure, where the cause may come of it. */
  readonly changes?: readonly Change[];
}

/**
 * Where facts point: the node; the registry; what all nodes, or this node and this workstation, share on the way to the registry; the
 * registry or that; the name of the host, which is wrong or not known everywhere.
 */
export type Place = 'node' | 'registry' | 'shared-way' | 'registry-or-shared-way' | 'name';

/** How images fare, each and node once. */
export interface Fares {
  readonly works: number;
  /** Of the others, those that may fail for the same reason as this one. */
  readonly fails: number;
  /** Those that fail for a reason of their own, such as a missing tag: their registry answered. */
  readonly answered: number;
}

/** How other images fare, and what that looks like. */
export interface Spread {
  /**
   * `only-this-node`: the registry fails here and not elsewhere; `every-node`: nowhere does it work; `whole-node`: other registries fail
   * here too; `others-here`: it answered this node.
   */
  readonly sign: 'only-this-node' | 'every-node' | 'whole-node' | 'others-here';
  readonly registry: string;
  readonly node: string;
  /** Of the registry, this image included. */
  readonly here: Fares;
  readonly elsewhere: Fares;
  /** Of other registries, on this node. */
  readonly others: Fares;
  /** The same image is in use on another node. */
  readonly imageElsewhere: boolean;
  /** When the oldest failure with this registry on this node began, RFC 3339. */
  readonly since: string | null;
  /** It is about the time of the failure. */
  readonly fresh: boolean;
  /** null: nowhere, or what this workstation sees points elsewhere. */
  readonly pointsAt: Place | null;
  /** Pods could not all be listed. */
  readonly cut?: boolean;
  /** Only pods of this namespace could be listed. */
  readonly namespace?: string;
}

/** What this workstation met where the node failed. */
export interface Workstation {
  /**
   * `reached`: it was answered where the node was not; `same-fault`: it fails alike; `same-answer`, `other-answer`: the registry fails here
   * too, or no more.
   */
  readonly sees: 'reached' | 'same-fault' | 'same-answer' | 'other-answer';
  readonly host: string;
  readonly node: string | null;
  /** The host is the registry's own, and images of it are in use: its name is right. */
  readonly isNameInUse: boolean;
  readonly pointsAt: Place | null;
}

export interface Change {
  readonly what: 'node' | 'rollout' | 'secret';
  /** Of the node or the Secret; the revision, where it is known. */
  readonly name: string | null;
  readonly at: string;
  /** Milliseconds before the first failure. */
  readonly before: number;
}
