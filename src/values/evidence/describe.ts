export type ContainerKind = 'container' | 'initContainer' | 'ephemeralContainer' | 'imageVolume' | 'sandbox';

/** `failing`: a pull (or the step just after it) failed; `pulling`: under way or queued; `pulled`: the image is there. */
export type PullState = 'failing' | 'pulling' | 'pulled' | 'unknown';

/** Where an image of this pod is used. `container` is the container's name, the volume's name, or `sandbox`. */
export interface ContainerFacts {
  readonly container: string;
  readonly kind: ContainerKind;
  /** As written in the spec. */
  readonly image: string;
  readonly pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly pull: PullState;
  readonly waiting: { readonly reason: string; readonly message: string | null } | null;
  readonly terminated: {
    readonly reason: string | null;
    readonly message: string | null;
    readonly exitCode: number;
    readonly ranMilliseconds: number | null;
    readonly at: string | null;
  } | null;
  readonly running: boolean;
  readonly restarts: number;
  /** Of an init container: whether it runs on beside the others (restartPolicy Always). */
  readonly sidecar?: boolean;
  /** What the runtime resolved the image to, once it had it. */
  readonly imageId: string | null;
  /** The end of the container's log, read only where a container that started ended at once. */
  readonly log: string | null;
  /** JSON path of the status this was read from, e.g. `status.containerStatuses[0]`. */
  readonly source: string;
}

export interface DescribeFacts {
  readonly containers: readonly ContainerFacts[];
}
