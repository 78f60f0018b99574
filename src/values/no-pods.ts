/** A workload that has no pods, or a Job of a CronJob, by whose doing that is. */
export interface NoPods {
  readonly namespace: string;
  /** As kubectl takes it. */
  readonly type: string;
  readonly name: string;
  readonly because: NoPodsReason;
  /** The flags that led to the cluster, for the command that mends it; absent: none was given. */
  readonly reachedBy?: readonly string[];
}

export type NoPodsReason =
  /** Its own settings hold them back. */
  | { readonly what: 'suspended' | 'zero' | 'paused' }
  /** They were not let in, in these words. */
  | { readonly what: 'refused'; readonly words: string }
  /** They are gone; of a pull of the last one the kubelet said this. */
  | { readonly what: 'gone'; readonly pod: string; readonly words: string };
