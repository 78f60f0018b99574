import type { CauseCode, CauseFamily, Confidence } from './cause-code.ts';
import type { CredentialName, Evidence, NodePlatform, Reading, Reference } from './evidence.ts';
import type { ReplayRow } from './report.ts';
import type { Alternative } from './verdict.ts';

/** Where a manifest uses an image. */
export interface ImageUse {
  readonly kind: string;
  readonly name: string;
  readonly container: string;
}

/** One image that is to be pulled some day, and what was found out about that. */
export interface CheckEvidence {
  readonly namespace: string;
  /** Empty where the image was named on the command line. */
  readonly usedBy: readonly ImageUse[];
  /** Of the pod that there would be: one container, whose steps spec, secrets and registry were done. */
  readonly evidence: Evidence;
  /** The nodes that it could run on, by the pod's node selector. */
  readonly nodes: Reading<readonly NodePlatform[]>;
}

/** `ok`: it would be pulled. `unknown`: that cannot be said from here. */
export type CheckResult = 'ok' | 'problem' | 'unknown';

/** The contract of `check -o json` and `-o yaml`: see docs/check.schema.json. Changes are additive. */
export interface ImageCheckList {
  readonly apiVersion: 'imagepull/v1';
  readonly kind: 'ImageCheckList';
  readonly items: readonly ImageCheck[];
}

export interface ImageCheck {
  /** As written. */
  readonly image: string;
  readonly reference: Reference | null;
  readonly namespace: string;
  readonly usedBy: readonly ImageUse[];
  readonly result: CheckResult;
  /** null: no cause to be seen. */
  readonly cause: {
    readonly code: CauseCode;
    readonly family: CauseFamily;
    readonly title: string;
    readonly confidence: Confidence;
  } | null;
  readonly alternatives: readonly Alternative[];
  /** The credential that the image can be pulled with; null: none is needed, or none serves. */
  readonly as: CredentialName | null;
  readonly finding: string;
  readonly replay: readonly ReplayRow[];
}
