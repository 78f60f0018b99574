import type { PullState } from '../../values/evidence.ts';
import { waitingReasons } from '../../values/pull-event.ts';
import type { RawContainerStatus } from '../kubernetes.ts';

/**
 * Reasons of the steps after the pull (pkg/kubelet/kuberuntime/kuberuntime_container.go): the kubelet comes to them with the image in hand.
 */
const laterReasons: ReadonlySet<string> = new Set([
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
]);

/** Failures to create or start a container that are the image's: what it holds, or how it lies in the runtime's store. */
const aboutImage =
  /ImageVolumeMountFailed|exec format error|no command specified|mismatched image rootfs|image .*(?:not found|does not exist)|failed to (?:get|resolve|find) image|unable to find image|no such image|DiffID|diff ?ids?|snapshot|content digest|blob|layer|no match for platform|image operating system|image os |manifest|no space left|unpack/i;

/** What the container's own status says of its image. `ContainerCreating` alone may as well be a volume or the network: unknown. */
export function pullState(status: RawContainerStatus | undefined): PullState {
  const { waiting, running, terminated } = status?.state ?? {};
  if (running) return 'pulled';
  if (waiting) return waitingState(waiting.reason ?? '', waiting.message ?? '');
  if (terminated) return status?.imageID || terminated.startedAt ? 'pulled' : 'unknown';
  return 'unknown';
}

function waitingState(reason: string, message: string): PullState {
  if (waitingReasons.has(reason)) return 'failing';
  if (laterReasons.has(reason)) return 'pulled';
  if (reason === 'CreateContainerError' || reason === 'RunContainerError') return aboutImage.test(message) ? 'failing' : 'pulled';
  return isRawError(reason, message) ? 'failing' : 'unknown';
}

/** Since 1.33 an error before the pull, such as a pull Secret that does not decode, is itself the reason. */
function isRawError(reason: string, message: string): boolean {
  return /\s/.test(reason) || (reason !== '' && reason === message);
}
