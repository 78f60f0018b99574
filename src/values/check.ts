import type { CauseCode, CauseFamily, Confidence } from './cause-code.ts';
import type { CredentialName, Evidence, NodePlatform, Proposal, Reading, Reference } from './evidence.ts';
import type { ReplayRow } from './report.ts';
import type { Alternative } from './verdict.ts';

/** Where a manifest uses an image. */
export interface ImageUse {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly container: string;
  /** Where in the object the image is written, or is missing: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** The manifest that holds the object; `-` is standard input. */
  readonly file: string;
  /** What stands there instead of text, as JSON, cut. Absent: text, or nothing. */
  readonly found?: string;
}

/** Where a pod may be put, as its manifest says, and whether there is such a node. */
export interface Placement {
  /** Nodes that meet all of it. */
  readonly fitting: number;
  readonly nodes: number;
  /**
   * Each demand in the words of a label selector, e.g. `zone in (a,b)`; `none`: no node meets this one. `have`: the values that nodes have
   * for its label.
   */
  readonly demands: readonly { readonly text: string; readonly none: boolean; readonly have: readonly string[] }[];
}

/** `planned`: it is not there, and the manifests would make it. */
export type NamespaceState = 'missing' | 'planned';

/**
 * Of the nodes that the pod could run on, which list the image among theirs. A node lists 50 at most, so that one which does not may have
 * it all the same.
 */
export interface Presence {
  readonly on: readonly string[];
  readonly notSeenOn: readonly string[];
  /** Versions of the kubelets of all of them, each once. */
  readonly kubelets: readonly string[];
  /** There are more nodes than were listed. */
  readonly cut: boolean;
}

/** One image that is to be pulled some day, and what was found out about that. */
export interface CheckEvidence {
  readonly namespace: string;
  /** Empty where the image was named on the command line. */
  readonly usedBy: readonly ImageUse[];
  /** Of the pod that there would be: one container, whose steps spec, secrets and registry were done. */
  readonly evidence: Evidence;
  /** The nodes that it could run on, by the pod's node selector, required node affinity and node name. */
  readonly nodes: Reading<readonly NodePlatform[]>;
  /** Absent: the manifest demands nothing of the node, or the nodes may not be listed. */
  readonly placement?: Placement;
  /** Absent: it is there, or that is not known. */
  readonly namespaceState?: NamespaceState;
  /** For an image that is never pulled. Absent: it may be pulled, or the nodes may not be listed. */
  readonly presence?: Presence;
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
  /** Images that may have been meant, each found at its registry just now. */
  readonly proposals: readonly Proposal[];
  readonly replay: readonly ReplayRow[];
}
