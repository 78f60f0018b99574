import type { RawNode, RawPod } from '../kubernetes.ts';

export interface HarmlessImage {
  readonly name: string;
  /** null: its own entry point waits. */
  readonly command: readonly string[] | null;
}

const pause = /(?:^|[/-])pause(?:-[a-z0-9]+)*$/;
const shell = /(?:^|\/)(?:busybox|alpine|tools|toolbox|debian|ubuntu)$/;
const sleep = ['sleep', '60'];

/**
 * From 1.35 on a kubelet lets a pod have only what its own credentials pulled (KEP-2535), and hides what it does not: so several are tried.
 */
const most = 3;

/**
 * Images on the node that may be started without harm: those that only wait (`pause`), and those in which `sleep` is sure to be. Images
 * that were put there rather than pulled come first, for any pod may use them; a digest among its names shows one that was pulled.
 */
export function harmlessImages(node: RawNode | null, pods: readonly RawPod[]): readonly HarmlessImage[] {
  const namesOfEach = (node?.status?.images ?? []).map(({ names }) => names ?? []);
  const hasDigest = (names: readonly string[]) => names.some((name) => name.includes('@'));
  const listed = namesOfEach.map((names) => ({ name: names.find((name) => !name.includes('@')), pulled: hasDigest(names) }));
  const pulled = new Set(namesOfEach.filter(hasDigest).flat());
  const used = pods.flatMap((pod) =>
    pod.spec.containers
      .filter((container) => pod.status?.containerStatuses?.some((status) => status.name === container.name && status.state?.running))
      .map((container) => ({ name: container.image, pulled: container.imagePullPolicy !== 'Never' || pulled.has(container.image ?? '') })),
  );
  const usable = [...listed, ...used].flatMap(({ name = '', pulled }) => {
    const repository = repositoryOf(name);
    const rank = pause.test(repository) ? 0 : shell.test(repository) ? 1 : null;
    return rank === null ? [] : [{ name, command: rank === 0 ? null : sleep, rank: rank + (pulled ? 2 : 0) }];
  });
  const names = new Map(usable.sort((a, b) => a.rank - b.rank).map(({ name, command }) => [name, command]));
  return [...names].slice(0, most).map(([name, command]) => ({ name, command }));
}

function repositoryOf(image: string): string {
  const name = image.split('@')[0] ?? '';
  const tag = name.lastIndexOf(':');
  return tag > name.lastIndexOf('/') ? name.slice(0, tag) : name;
}
