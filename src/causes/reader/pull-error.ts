import type { CauseCode, Confidence } from '../../values/cause-code.ts';
import type { Alternative } from '../../values/verdict.ts';

/** The step of a pull at which it failed, as far as the text tells. */
export type PullStage =
  | 'parse'
  | 'resolve'
  | 'token'
  | 'manifest'
  | 'config'
  | 'blob'
  | 'unpack'
  | 'sandbox'
  | 'inspect'
  | 'create'
  | 'credentials'
  | 'unknown';

export type Runtime = 'kubelet' | 'containerd' | 'cri-o' | 'docker' | 'unknown';

/**
 * What a message about a failed pull says, in parts: the first stage of the reader. Names, URLs, paths and digests were lifted out before
 * any signal was looked for, so that `clause` holds nothing of the user's naming.
 */
export interface PullError {
  readonly stage: PullStage;
  readonly runtime: Runtime;
  /** The image that the message is about, where it quotes one. */
  readonly image: string | null;
  /** The request that failed. `mirrored`: it went to another host with `?ns=`. */
  readonly request: { readonly method: string | null; readonly url: string; readonly host: string; readonly mirrored: boolean } | null;
  readonly status: number | null;
  /** The registry's own words: codes in capitals where it sent them. */
  readonly registryErrors: readonly { readonly code: string | null; readonly message: string }[];
  /** Whether the node sent a credential: what the text proves of it. */
  readonly credentialSent: boolean | null;
  readonly grpcCode: string | null;
  /** The decisive clause, lifted names replaced by placeholders. */
  readonly clause: string;
  /** The whole message, without the secrets that it may hold (without-secrets.ts). */
  readonly raw: string;
  /**
   * The failures of an aggregate `[e1, e2]`, one per credential that was tried, in the kubelet's order: of one pull, so the furthest
   * decides. Absent where there was one.
   */
  readonly attempts?: readonly PullError[];
  /**
   * What else the text tells of: mirrors of the registry, hosts that were asked before, older pulls: the last of all decides. Absent where
   * it tells of one failure.
   */
  readonly others?: readonly PullError[];
}

/** What the text alone decides: the second stage of the reader. */
export interface Reading {
  readonly error: PullError;
  readonly code: CauseCode;
  readonly confidence: Confidence;
  readonly alternatives: readonly Alternative[];
}
