import type { CauseCode, Confidence, Retry } from './cause-code.ts';
import type { ContainerKind, Reference } from './evidence.ts';
import type { Surroundings } from './surroundings.ts';

/** Another cause that the evidence leaves open, and what would tell it from the chosen one. */
export interface Alternative {
  readonly code: CauseCode;
  readonly tellApart: string;
}

/** One cause for one image of the pod. */
export interface Verdict {
  readonly container: string;
  readonly kind: ContainerKind;
  readonly image: string;
  readonly reference: Reference | null;
  /** Where the failing request went, when that was another host than the registry: a token server, a storage or a mirror. */
  readonly otherHost?: string;
  readonly code: CauseCode;
  readonly confidence: Confidence;
  /** Where the evidence says otherwise than the catalogue's default: `now` when the cause is already gone. */
  readonly retry: Retry;
  readonly alternatives: readonly Alternative[];
  /** One or two sentences about this very case, from the catalogue. */
  readonly explanation: string;
  readonly fixes: readonly Fix[];
  /** What the pull will meet next, once this cause is mended; absent: nothing is known of. */
  readonly also?: readonly NextFault[];
  /** What bears on the cause; absent: nothing is known of. */
  readonly surroundings?: Surroundings;
}

/** Another fault of the same image, which the registry's own answers show: it stands behind the cause, and is mended for itself. */
export interface NextFault {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  readonly explanation: string;
  readonly fixes: readonly Fix[];
}

/** What to type. Commands are complete and can be pasted; placeholders stand in CAPITALS. */
export interface Fix {
  readonly title: string;
  readonly commands: readonly string[];
}
