import type { CauseCode, Confidence } from './cause-code.ts';
import type { ContainerKind, Owner, SecretFacts } from './evidence.ts';
import type { GroupSubject, ImageChange } from './group.ts';

/**
 * `failing`: a pull fails; `waiting`: none fails, and not every image is there; `fixed`: every image is there, after a failure or a wait;
 * `healthy`: every image was there at the beginning, and nothing has failed since.
 */
export type WatchState = 'failing' | 'waiting' | 'fixed' | 'healthy';

/** What a watch adds to a report. Times are RFC 3339. */
export interface Watch {
  readonly state: WatchState;
  /** When the watch began. */
  readonly begunAt: string;
  /** When this state was first seen. */
  readonly since: string;
  /** The first failure that was seen; null: none was. */
  readonly first: FirstFailure | null;
  /** What the pull depends on and has changed since that failure was seen, the oldest first. */
  readonly changes: readonly WatchChange[];
  /** Of a scan: the groups that are no more, the oldest first. */
  readonly over?: readonly OverGroup[];
}

/** A group of a scan that was there and is not any more. */
export interface OverGroup {
  /** When that was seen. */
  readonly at: string;
  readonly code: CauseCode;
  readonly subject: GroupSubject;
  /** How many of its pods fail no longer. */
  readonly pods: number;
  /** `fixed`: those of its pods that are there, or newer ones of their workloads, have their images; `gone`: there are none. */
  readonly how: 'fixed' | 'gone';
  /** What owns those of them that have an owner, each once; absent where none has. */
  readonly workloads?: readonly OwnerInNamespace[];
  /** Of `fixed`: the images that were seen to be others; absent where none was. */
  readonly changes?: readonly ImageChange[];
}

export interface OwnerInNamespace extends Owner {
  readonly namespace: string;
}

export interface FirstFailure {
  readonly at: string;
  readonly container: string;
  readonly image: string;
  readonly code: CauseCode;
  readonly confidence: Confidence;
  readonly explanation: string;
}

/** One thing that a pull depends on. */
export interface PremiseName {
  readonly what: 'image' | 'pull-secrets' | 'secret' | 'service-account' | 'registry' | 'node' | 'pod';
  /** Of `image`: the container; of `secret` and `service-account`: its name; of `registry`: the image that it answers about; else empty. */
  readonly name: string;
  /** Of `image`: what `name` is; a container and an image volume may have one name. */
  readonly kind?: ContainerKind;
}

/**
 * What it is: a word or a name; the names of pull secrets in their order; of a Secret its state, and when it was changed last (RFC 3339;
 * null: not told, or missing).
 */
export type PremiseValue = string | readonly string[] | { readonly state: SecretFacts['state']; readonly changedAt: string | null };

/** Tells premises apart. */
export function premiseKey({ what, kind, name }: PremiseName): string {
  return JSON.stringify([what, kind ?? null, name]);
}

export interface WatchChange extends PremiseName {
  /** When it was seen. */
  readonly at: string;
  readonly before: PremiseValue;
  readonly after: PremiseValue;
}

/** As a document tells it: each change also in words. */
export interface ToldWatch extends Omit<Watch, 'changes'> {
  readonly changes: readonly (WatchChange & { readonly from: string; readonly to: string })[];
}
