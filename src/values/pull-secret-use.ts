import type { ContainerKind } from './evidence.ts';

/**
 * Whether this image is pulled with the pod's pull secrets. The sandbox's is not: the runtime pulls it by itself, with what the node has.
 */
export function usesPullSecrets(kind: ContainerKind): boolean {
  return kind !== 'sandbox';
}
