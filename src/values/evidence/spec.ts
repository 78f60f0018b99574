import type { ContainerKind } from './describe.ts';
import type { Obstacle, Reading } from './step.ts';

export interface Reference {
  /** Host and port, with Docker Hub spelled out: `docker.io`. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

export interface ImageSpec {
  readonly container: string;
  readonly kind: ContainerKind;
  readonly image: string;
  readonly reference: Reference | null;
  /** Why it does not parse, in the runtime's words, and what would be right where that is plain. */
  readonly invalid: { readonly message: string; readonly suggestion: string | null; readonly mistake?: NameMistake } | null;
  /** What was not written and is therefore assumed: `docker.io`, `library/`, `:latest`. */
  readonly defaults: readonly string[];
  readonly pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
}

/** What is wrong with a name, where that is plain and what was meant is not: `repository` is the name up to it. */
export type NameMistake = { readonly repository: string } & (
  | { readonly what: 'digest-length'; readonly algorithm: string; readonly digits: number; readonly wanted: number }
  | { readonly what: 'two-tags'; readonly tags: readonly [string, string] }
);

export interface SpecFacts {
  readonly images: readonly ImageSpec[];
  /** Names in pod.spec.imagePullSecrets, in order. */
  readonly pullSecrets: readonly string[];
  /** Why neither pull secrets nor pull policies are known: what stands there then says nothing. */
  readonly unread?: Obstacle;
  readonly serviceAccount: Reading<{ readonly name: string; readonly pullSecrets: readonly string[] }>;
  readonly nodeSelector: Readonly<Record<string, string>>;
}
