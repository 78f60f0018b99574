import type { CauseCode, CauseFamily, Confidence, Retry } from './cause-code.ts';
import type { ContainerKind, Owner, PullState, Reference, StepName } from './evidence.ts';
import type { Alternative, Fix } from './verdict.ts';

/** The contract of `-o json` and `-o yaml`: see docs/report.schema.json. Changes are additive. */
export interface PullReport {
  readonly apiVersion: 'imagepull/v1';
  readonly kind: 'PullReport';
  /** When the evidence was read: what the ages in the findings are counted from. */
  readonly collectedAt: string;
  readonly pod: ReportPod;
  readonly images: readonly ReportImage[];
  readonly steps: readonly ReportStep[];
}

export interface PullReportList {
  readonly apiVersion: 'imagepull/v1';
  readonly kind: 'PullReportList';
  readonly items: readonly PullReport[];
}

export interface ReportPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly owner: Owner | null;
  readonly node: {
    readonly name: string;
    readonly platform: string | null;
    readonly kubelet: string | null;
    readonly runtime: string | null;
  } | null;
  readonly phase: string;
  readonly createdAt: string;
  /** How many pods fail in this same way, this one included, when a workload was asked about. */
  readonly standsFor?: number;
}

export interface ReportImage {
  readonly container: string;
  readonly kind: ContainerKind;
  readonly image: string;
  readonly reference: Reference | null;
  readonly state: PullState;
  /** The oldest failure that the events know of; null where it is not failing or no event is left. */
  readonly failingSince: string | null;
  readonly cause: {
    readonly code: CauseCode;
    readonly family: CauseFamily;
    readonly title: string;
    readonly confidence: Confidence;
    readonly retry: Retry;
    readonly explanation: string;
    readonly explain: string;
  };
  readonly alternatives: readonly (Alternative & { readonly title: string })[];
  readonly evidence: readonly EvidenceLine[];
  readonly fixes: readonly Fix[];
  readonly scope?: { readonly sentence: string };
}

/** One fact with its source. `from` is the vantage point: what the cluster's API said, what this workstation saw, what the node saw. */
export interface EvidenceLine {
  readonly step: StepName;
  readonly from: 'cluster' | 'workstation' | 'node';
  readonly fact: string;
  readonly source: string;
  readonly at: string | null;
}

export interface ReportStep {
  readonly name: StepName | 'verdict';
  readonly status: 'ok' | 'problem' | 'skipped' | 'unknown';
  readonly finding: string;
  readonly milliseconds: number;
}
