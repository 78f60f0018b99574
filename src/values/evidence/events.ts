export interface PodEvent {
  /** Name of the Event object. */
  readonly name: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** From involvedObject.fieldPath; null for events of the whole pod. */
  readonly container: string | null;
  /** The first quoted name in the messages of the kubelet about images; null where there is none. */
  readonly image: string | null;
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly from: string;
}

export interface EventsFacts {
  /** All events of this pod (by uid), newest last. */
  readonly events: readonly PodEvent[];
  /** The image of the pod sandbox, where a FailedCreatePodSandBox event says that its pull failed. */
  readonly sandboxImage: string | null;
}
