import type { Cluster } from '../../cluster/cluster.ts';
import type { ContainerFacts } from '../../values/evidence.ts';
import { endedAtOnce, readFormatError } from '../describe.ts';
import type { RawPod } from '../kubernetes.ts';
import { readContainers } from '../pod/containers.ts';

/** Logs that are read: with more that crash at once, the first. */
const mostLogs = 100;

/** Fewer restarts may be chance, and cost a log for each pod of every rollout that stumbles once. */
const fewestRestarts = 2;

/** A container that ends as soon as it starts, again and again: what a program for another platform does, whose pull succeeds. */
function crashing(pod: RawPod): readonly ContainerFacts[] {
  return readContainers(pod).filter((container) => container.restarts >= fewestRestarts && endedAtOnce(container));
}

export function isCrashing(pod: RawPod): boolean {
  return crashing(pod).length > 0;
}

/**
 * Those of the crashing pods whose program the node cannot run, by the log of one pod for each image and node: a few small reads instead of
 * one for every crash. A log that may not be read tells nothing.
 */
export async function wrongPlatforms(cluster: Cluster, pods: readonly RawPod[]): Promise<readonly RawPod[]> {
  const asked = new Map<string, Promise<boolean>>();
  const isWrong = (pod: RawPod, container: ContainerFacts): Promise<boolean> => {
    const key = `${container.image}\n${container.imageId}\n${pod.spec.nodeName}`;
    const known = asked.get(key);
    if (known) return known;
    const answer = asked.size < mostLogs ? readFormatError(cluster, pod, container).then((log) => log !== null) : Promise.resolve(false);
    asked.set(key, answer);
    return answer;
  };
  const verdicts = await Promise.all(
    pods.map(async (pod) => (await Promise.all(crashing(pod).map((container) => isWrong(pod, container)))).includes(true)),
  );
  return pods.filter((_, index) => verdicts[index]);
}
