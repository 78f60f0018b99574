import type { ContainerKind, PodEvent } from './evidence.ts';

/** Waiting reasons of the kubelet's image manager (pkg/kubelet/images/types.go): no container is made. */
export const waitingReasons: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ImageInspectError',
  'ErrImageNeverPull',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/** Reasons of the events by which the kubelet tells of pulls, and of what takes their place: the sandbox's, and an image volume's mount. */
export const eventReasons: ReadonlySet<string> = new Set([
  'Failed',
  'BackOff',
  'Pulling',
  'Pulled',
  'InspectFailed',
  'ErrImageNeverPull',
  'FailedCreatePodSandBox',
  'FailedMount',
]);

/** Whether the kubelet says that the image is there: pulled just now, or before (pkg/kubelet/images/image_manager.go). */
export function tellsOfImage(message: string): boolean {
  return /^(?:Successfully pulled|Container image .* already present)/.test(message);
}

/** The sandbox has no container: its events are the pod's. */
const sandboxReasons: ReadonlySet<string> = new Set(['FailedCreatePodSandBox', 'FailedCreatePodContainer']);

/** Names one image of a pod, as the evidence and the verdicts do. */
export interface PulledImage {
  readonly container: string;
  readonly kind: ContainerKind;
  readonly image: string;
}

/**
 * Whether an event of the pod is about this very image for this very container: those of another container, or of an image that this one
 * named before, are no evidence. Pulls of image volumes are reported on the pod without a field path and are known by the image that they
 * quote.
 */
export function concerns(event: PodEvent, { container, kind, image }: PulledImage): boolean {
  if (kind === 'sandbox') return sandboxReasons.has(event.reason);
  if (sandboxReasons.has(event.reason)) return false;
  if (event.image !== null && event.image !== image && event.image !== `${image}:latest`) return false;
  if (kind === 'imageVolume') return event.container === null && event.image !== null;
  return event.reason !== 'FailedMount' && event.container === container;
}
