import type { DescribeFacts } from './evidence/describe.ts';
import type { EventsFacts } from './evidence/events.ts';
import type { NodeFacts } from './evidence/node.ts';
import type { PodFacts } from './evidence/pod.ts';
import type { ProbeFacts } from './evidence/probe.ts';
import type { RegistryFacts } from './evidence/registry.ts';
import type { SecretsFacts } from './evidence/secrets.ts';
import type { SpecFacts } from './evidence/spec.ts';
import type { Step } from './evidence/step.ts';

export type * from './evidence/describe.ts';
export type * from './evidence/events.ts';
export type * from './evidence/node.ts';
export type * from './evidence/pod.ts';
export type * from './evidence/probe.ts';
export type * from './evidence/registry.ts';
export type * from './evidence/secrets.ts';
export type * from './evidence/spec.ts';
export type * from './evidence/step.ts';

/**
 * What the playbook found out, as plain JSON: the only thing that the verdict and the report may read. It holds no credential.
 * Times are RFC 3339 strings, durations milliseconds, sizes bytes.
 */
export interface Evidence {
  readonly apiVersion: 'imagepull/v1';
  readonly kind: 'PullEvidence';
  /** Of evidence from a file that another program made: its newest time. */
  readonly collectedAt: string;
  /** What that file was; absent: a cluster was asked. Ages are then at most those that the file's newest time gives. */
  readonly source?: EvidenceSource;
  /**
   * The flags by which the user of this run reaches the cluster (words/kubectl.ts). Never saved: elsewhere they lead to nothing, or to
   * another cluster.
   */
  readonly reachedBy?: readonly string[];
  readonly pod: PodFacts;
  readonly describe: Step<DescribeFacts>;
  readonly events: Step<EventsFacts>;
  readonly spec: Step<SpecFacts>;
  readonly secrets: Step<SecretsFacts>;
  readonly registry: Step<RegistryFacts>;
  readonly probe: Step<ProbeFacts>;
  readonly node: Step<NodeFacts>;
}

/**
 * `objects`: as `kubectl get -o yaml` and collectors write them; `describe`: the text of `kubectl describe pod`; `events`: of events alone,
 * without their pods.
 */
export type EvidenceSource = 'objects' | 'describe' | 'events';
