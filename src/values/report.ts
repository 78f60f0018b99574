import type { CauseCode, CauseFamily, Confidence, Retry } from './cause-code.ts';
import type {
  AttemptResult,
  ContainerKind,
  CredentialName,
  EvidenceSource,
  HeldUp,
  NodesApart,
  Owner,
  PullState,
  Reference,
  RolloutChange,
  StepName,
} from './evidence.ts';
import type { GroupSubject } from './group.ts';
import type { Surroundings } from './surroundings.ts';
import type { Alternative, Fix, NextFault } from './verdict.ts';
import type { ToldWatch } from './watch.ts';

/** The contract of `-o json` and `-o yaml`: see docs/report.schema.json. Changes are additive. */
export interface PullReport {
  readonly apiVersion: 'imagepull/v1';
  readonly kind: 'PullReport';
  /** When the evidence was read: what the ages in the findings are counted from. */
  readonly collectedAt: string;
  /** Of evidence from a file that another program made: what it was. Ages are then counted from its newest time. */
  readonly source?: EvidenceSource;
  readonly pod: ReportPod;
  readonly images: readonly ReportImage[];
  readonly steps: readonly ReportStep[];
  /** Of --watch, in its outermost document. */
  readonly watch?: ToldWatch;
}

export interface PullReportList {
  readonly apiVersion: 'imagepull/v1';
  readonly kind: 'PullReportList';
  readonly items: readonly PullReport[];
  /** Of a scan: what is broken, the thing that most pods suffer from first. */
  readonly groups?: readonly ReportGroup[];
  /** Of --watch. */
  readonly watch?: ToldWatch;
}

/** One thing that is broken, and all that fails for it. */
export interface ReportGroup {
  readonly cause: ReportImage['cause'];
  readonly subject: GroupSubject;
  readonly pods: readonly ReportGroupPod[];
  /** Who owns the pods, biggest first. */
  readonly owners: readonly (Owner & { readonly namespace: string; readonly pods: number })[];
  readonly nodes: readonly string[];
  /** The oldest failure that the events know of. */
  readonly since: string | null;
  /** Those of `example`, one of the pods. */
  readonly fixes: readonly Fix[];
  readonly example: { readonly namespace: string; readonly name: string };
}

/** A pod of a group; its own verdict may know less than the group's. */
export interface ReportGroupPod {
  readonly namespace: string;
  readonly name: string;
  readonly node: string | null;
  readonly images: readonly {
    readonly container: string;
    readonly image: string;
    readonly code: CauseCode;
    readonly confidence: Confidence;
  }[];
}

export interface ReportPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly owner: Owner | null;
  /** The Job that made it, where the owner is a CronJob. */
  readonly job?: string;
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
  /** When a StatefulSet was asked about of which further pods wait for this one. */
  readonly heldUp?: HeldUp;
  /** When a workload was asked about that fails on some of its nodes and not on others. */
  readonly nodesApart?: NodesApart;
  /** Where it was rolled out in revisions: the one that made the pod, and in what it differs from the one before. */
  readonly rollout?: { readonly revision: number; readonly since: string | null; readonly changes: readonly RolloutChange[] };
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
  /** What the pull will meet next, once the cause is mended. */
  readonly also?: readonly NextFault[];
  /** Where the registry was asked: its answer to each credential that the kubelet would send, in the kubelet's order, and to none. */
  readonly replay?: readonly ReplayRow[];
  /** Who else is hit by it or spared, and what else bears on it: in words, and what they say. */
  readonly scope?: { readonly sentence: string } & Surroundings;
}

/** What the registry and its token service said to one credential, from this workstation. */
export interface ReplayRow {
  /** null: none was sent. */
  readonly credential: CredentialName | null;
  /** The token service's answer, e.g. `200` or `401 incorrect username or password`; null: it was not asked. */
  readonly token: string | null;
  /** The answer to the login check, a token without scope, that is made where a credential was refused; null: it was not made. */
  readonly login: string | null;
  /** The answer about the manifest, e.g. `404 MANIFEST_UNKNOWN`; null: it was not asked for. */
  readonly manifest: string | null;
  /** Whether the credential as such is good; null: not known. */
  readonly accepted: boolean | null;
  readonly result: AttemptResult;
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
