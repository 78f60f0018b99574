import type { CauseCode, Confidence, Retry } from './cause-code.ts';
import type { Owner } from './evidence.ts';
import type { Fix } from './verdict.ts';

/**
 * What is broken, once, however many pods suffer from it. `name` is an image, a repository, the host of a registry or mirror, a Secret, or
 * a node; `registry-from-node`: a registry as this one node sees it, while nothing is said about others.
 */
export interface GroupSubject {
  readonly kind: 'image' | 'repository' | 'registry' | 'registry-from-node' | 'mirror' | 'secret' | 'node';
  readonly name: string;
  /** Of a Secret: where it is, or is missing. Empty for what is in no namespace. */
  readonly namespaces: readonly string[];
  /** Of `registry-from-node`; else null. */
  readonly node: string | null;
  /** Whether the evidence shows the same registry at work for other nodes; null: it does not say. */
  readonly worksElsewhere: boolean | null;
}

/** One image of one pod that fails for the group's cause. */
export interface GroupMember {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly image: string;
  readonly node: string | null;
  readonly owner: Owner | null;
  /** What the pod's own evidence says: it may know less than all evidence together. */
  readonly code: CauseCode;
  readonly confidence: Confidence;
}

/** All that fails for one reason: one thing to mend. */
export interface CauseGroup {
  readonly code: CauseCode;
  /** That of the member that least is known of. */
  readonly confidence: Confidence;
  readonly retry: Retry;
  readonly subject: GroupSubject;
  /** In the order of namespace and name. */
  readonly members: readonly GroupMember[];
  /** The oldest failure that the events of any member know of. */
  readonly since: string | null;
  /** About one member: the one whose evidence is the best. */
  readonly explanation: string;
  /** Whether the other members' own explanations are the same, but for the names of pod and node. */
  readonly saidOfAll: boolean;
  readonly fixes: readonly Fix[];
  /** The member that the explanation and the fixes are about. */
  readonly example: GroupMember;
  /** The connection flags that stand in the commands of the fixes (words/kubectl.ts); absent: none was given. */
  readonly reachedBy?: readonly string[];
}

/**
 * What became of a group that nothing fails of any more. `fixed`: its pods, or newer ones of their workloads, have their images; `waiting`:
 * they do not have them yet, or fail as well, or are still to come; `gone`: there are none.
 */
export interface GroupEnd {
  readonly how: 'fixed' | 'waiting' | 'gone';
  /** Images that are others now, of what is fixed. */
  readonly changes: readonly ImageChange[];
}

/** A container of a workload, or of a pod that has none, that has another image than when it failed. */
export interface ImageChange {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly container: string;
  readonly from: string;
  readonly to: string;
}
