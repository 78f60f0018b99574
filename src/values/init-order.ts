import type { ContainerFacts } from './evidence.ts';

/**
 * The init container that this container waits for: the kubelet pulls its image only when that is done (Kubernetes, Init Containers). null:
 * nothing stands before it, or its pull has begun. Of an init container that runs and is not known to be none, it is assumed that it is a
 * sidecar, which runs on.
 */
export function blockedBy(container: ContainerFacts, all: readonly ContainerFacts[]): ContainerFacts | null {
  if (container.pull !== 'unknown' || container.running || container.terminated || !isInitializing(container)) return null;
  const inits = all.filter(({ kind }) => kind === 'initContainer');
  const before =
    container.kind === 'initContainer'
      ? inits.slice(
          0,
          Math.max(
            0,
            inits.findIndex(({ container: name }) => name === container.container),
          ),
        )
      : inits;
  if (container.kind !== 'container' && container.kind !== 'initContainer') return null;
  return before.find((init) => !isDone(init)) ?? null;
}

function isInitializing({ waiting }: ContainerFacts): boolean {
  return waiting === null || waiting.reason === 'PodInitializing' || waiting.reason === 'ContainerCreating';
}

function isDone({ running, sidecar, waiting, terminated }: ContainerFacts): boolean {
  if (running) return sidecar !== false;
  return waiting === null && terminated?.exitCode === 0;
}
