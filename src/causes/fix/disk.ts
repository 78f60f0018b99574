import type { Fix } from '../../values/verdict.ts';
import { command } from '../../words/shell.ts';
import { isFilledByOthers, isMostlyFree, roomFor } from '../disk.ts';
import { theNode } from '../facts.ts';
import type { ImageView } from '../view.ts';
import { nodeRuntime } from './node.ts';
import { present } from './present.ts';
import { moveAway } from './workload.ts';

/** Where a node's disk is made larger, by who provides the node (spec.providerID). */
const places: Readonly<Record<string, string>> = {
  aws: 'a larger volume in the launch template of its node group (EKS: diskSize, or blockDeviceMappings)',
  gce: 'a node pool with a larger boot disk (GKE: --disk-size)',
  azure: 'a node pool with a larger OS disk (AKS: --node-osdisk-size)',
  digitalocean: 'a node pool of a larger size',
  openstack: 'a flavour or a root volume that is larger',
  kind: "more room on the machine that runs kind, or for Docker's own disk",
};

/** How room is made for an image, what helps most first. */
export function makeRoom(view: ImageView): Fix[] {
  if (isDiskTooSmall(view)) return present(enlargeDisk(view), moveAway(view));
  if (isUnmeasured(view)) return present(enlargeIfNeeded(view), findWhatFills(view), moveAway(view));
  const room = roomFor(view);
  const find = findWhatFills(view);
  const prune = room?.cannotMakeRoom ? null : removeImages(view);
  const filledByOthers = room?.cannotMakeRoom || room?.short === 'inodes' || isFilledByOthers(view);
  const unknown = view.node === null || 'obstacle' in view.node.imageFs;
  const first = filledByOthers ? [find, prune] : unknown ? [prune, find] : [prune];
  return present(...first, enlargeDisk(view), moveAway(view));
}

/** Nothing fills the disk, and how much the image needs is not known: it may be more than there is. */
function isUnmeasured(view: ImageView): boolean {
  return (view.registry?.manifest?.size ?? null) === null && isMostlyFree(view);
}

function enlargeIfNeeded(view: ImageView): Fix {
  const fix = enlargeDisk(view);
  return { ...fix, title: `if the image needs more than is free, ${fix.title}` };
}

/** The lasting cure for a disk without room for images. */
export function enlargeDisk(view: ImageView): Fix {
  const place = places[providerOf(view)];
  const what =
    roomFor(view)?.short === 'inodes' ? 'disk, or one with more inodes (XFS makes them as needed; ext4 when it is formatted)' : 'disk';
  return { title: `give ${theNode(view)} a larger ${what}${place ? `: ${place}` : ''}, or make the image smaller`, commands: [] };
}

/** Not even the compressed image would fit on the empty disk. */
export function isDiskTooSmall({ node, registry }: ImageView): boolean {
  const disk = node && 'value' in node.imageFs ? node.imageFs.value : null;
  return disk !== null && (registry?.manifest?.size ?? 0) > disk.capacityBytes;
}

function removeImages(view: ImageView): Fix {
  return { title: `on ${theNode(view)}, remove the images that no container uses`, commands: [pruneCommand(view)] };
}

function pruneCommand(view: ImageView): string {
  const { node } = view.pod;
  if (providerOf(view) === 'kind' && node) return command('docker', 'exec', node, 'crictl', 'rmi', '--prune');
  if (view.node?.platform.os === 'windows') return 'crictl rmi --prune';
  switch (nodeRuntime(view)) {
    case 'docker':
      return 'sudo docker image prune --all';
    case 'k3s':
      return 'sudo k3s crictl rmi --prune';
    case 'rke2':
      return 'sudo /var/lib/rancher/rke2/bin/crictl --config /var/lib/rancher/rke2/agent/etc/crictl.yaml rmi --prune';
    default:
      return 'sudo crictl rmi --prune';
  }
}

/** Images are not what fills the disk, or not what can be removed: what is? */
export function findWhatFills(view: ImageView): Fix | null {
  if (view.node?.platform.os === 'windows') return null;
  const directory = imageDirectory(view);
  const where = directory.startsWith('/var/') ? [directory, '/var/lib', '/var/log'] : [directory];
  const inodes = roomFor(view)?.short === 'inodes';
  const count = command('sudo', 'du', ...(inodes ? ['--inodes', '-xd2'] : ['-xhd2']), ...where);
  return {
    title: `on ${theNode(view)}, find what ${inodes ? 'has so many files' : 'fills the disk'}, and remove or move that`,
    commands: [`${command('df', inodes ? '-i' : '-h', directory)}`, `${count} | sort ${inodes ? '-n' : '-h'} | tail -20`],
  };
}

/** Where the runtime keeps images: as its own message says, else where it does so by default. */
function imageDirectory(view: ImageView): string {
  const said = /(?<![\w.-])(\/[\w.\-/]+?)\/(?:io\.containerd\.[\w.]+|tmpmounts|overlay2?|overlay-images)\//.exec(
    view.reading?.error.raw ?? '',
  )?.[1];
  if (said && !said.includes('..')) return said;
  const byDefault = {
    containerd: '/var/lib/containerd',
    'cri-o': '/var/lib/containers/storage',
    docker: '/var/lib/docker',
    k3s: '/var/lib/rancher/k3s/agent/containerd',
    rke2: '/var/lib/rancher/rke2/agent/containerd',
    unknown: '/var/lib/containerd',
  };
  return byDefault[nodeRuntime(view)];
}

function providerOf({ node }: ImageView): string {
  return /^([a-z]+):/.exec(node?.provider ?? '')?.[1] ?? '';
}
