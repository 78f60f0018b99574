import type { CauseCode, Confidence, Retry } from '../values/cause-code.ts';
import type {
  ContainerFacts,
  Evidence,
  ImageCredentials,
  ImageProbeFacts,
  ImageRegistryFacts,
  ImageSpec,
  Neighbours,
  NodeFacts,
  PodEvent,
  PodFacts,
  SecretFacts,
} from '../values/evidence.ts';
import type { Alternative } from '../values/verdict.ts';
import type { Reading } from './reader/pull-error.ts';

/** One image's share of the evidence, flattened: what the rules and the catalogue read. null: that step has nothing on it. */
export interface ImageView {
  readonly evidence: Evidence;
  readonly pod: PodFacts;
  readonly container: ContainerFacts;
  readonly spec: ImageSpec | null;
  /** Events of this container and this image only, newest last. */
  readonly events: readonly PodEvent[];
  /** The chosen text about the failure, read; null where there is none (only `Back-off pulling image`, or nothing). */
  readonly reading: Reading | null;
  /** Where the chosen text came from, and when. */
  readonly readingSource: {
    readonly step: 'describe' | 'events' | 'probe' | 'node';
    readonly source: string;
    readonly at: string | null;
    /** It tells of a pull before one that succeeded. */
    readonly isOver?: boolean;
  } | null;
  /** The pod's pull secrets; none where they do not count for this image. */
  readonly secrets: readonly SecretFacts[];
  readonly credentials: ImageCredentials | null;
  readonly registry: ImageRegistryFacts | null;
  readonly probe: ImageProbeFacts | null;
  readonly node: NodeFacts | null;
  readonly neighbours: Neighbours | null;
  /** Known of other pods' evidence: the registry serves other nodes. */
  readonly worksElsewhere?: boolean;
}

/** What the rules conclude about one image: data, no sentence but the alternatives' tests. */
export interface Finding {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  /** Only where it differs from the catalogue's. */
  readonly retry?: Retry;
  readonly alternatives: readonly Alternative[];
}
