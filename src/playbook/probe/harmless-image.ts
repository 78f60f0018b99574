import type { RawNode, RawPod } from '../kubernetes.ts';

export interface HarmlessImage {
  readonly name: string;
  /** null: its own entry point waits. */
  readonly command: readonly string[] | null;
}

const pause = /(?:^|[/-])pause(?:-[a-z0-9]+)*$/;
const shell = /(?:^|\/)(?:busybox|alpine|tools|toolbox|debian|ubuntu)$/;
const sleep = ['sleep', '60'];

/** From 1.35 on a kubelet lets a pod have only what its own credentials pulled (KEP-2535), and hides what it does not: so several are tried. */
const most = 3;

/**
 * Images on the node that may be started without harm: those that only wait (`pause`), and those in which `sleep` is sure to be. Images that were put
 * there rather than pulled come first, for any pod may use them.
 */
export function harmlessImages(node: RawNode | null, pods: readonly RawPod[]): readonly HarmlessImage[] {
  const listed = (node?.status?.images ?? []).flatMap((image) => (image.names ?? []).filter((name) => !name.includes('@')).slice(0, 1));
  const used = pods.flatMap((pod) =>
    pod.spec.containers
      .filter((container) => pod.status?.containerStatuses?.some((status) => status.name === container.name && status.state?.running))
      .map((container) => ({ name: container.image ?? '', preloaded: container.imagePullPolicy === 'Never' })),
  );
  const known = [...listed.map((name) => ({ name, preloaded: false })), ...used];
  const usable = known.flatMap((image) => {
    const repository = repositoryOf(image.name);
    const rank = pause.test(repository) ? 0 : shell.test(repository) ? 2 : null;
    const own = image.preloaded || repository.startsWith('localhost/');
    return rank === null ? [] : [{ name: image.name, command: rank === 0 ? null : sleep, rank: rank + (own ? 0 : 1) }];
  });
  const names = new Map(usable.sort((a, b) => a.rank - b.rank).map(({ name, command }) => [name, command]));
  return [...names].slice(0, most).map(([name, command]) => ({ name, command }));
}

function repositoryOf(image: string): string {
  const name = image.split('@')[0] ?? '';
  const tag = name.lastIndexOf(':');
  return tag > name.lastIndexOf('/') ? name.slice(0, tag) : name;
}
