import type { Fix } from '../../values/verdict.ts';
import { theNode } from '../facts.ts';
import type { ImageView } from '../view.ts';

/** Where a node's disk is made larger, by who provides the node (spec.providerID). */
const places: Readonly<Record<string, string>> = {
  aws: 'a larger volume in the launch template of its node group (EKS: diskSize, or blockDeviceMappings)',
  gce: 'a node pool with a larger boot disk (GKE: --disk-size)',
  azure: 'a node pool with a larger OS disk (AKS: --node-osdisk-size)',
  digitalocean: 'a node pool of a larger size',
  openstack: 'a flavour or a root volume that is larger',
  kind: "more room on the machine that runs kind, or for Docker's own disk",
};

/** The lasting cure for a disk without room for images. */
export function enlargeDisk(view: ImageView): Fix {
  const provider = /^([a-z]+):/.exec(view.node?.provider ?? '')?.[1] ?? '';
  const place = places[provider];
  return { title: `give ${theNode(view)} a larger disk${place ? `: ${place}` : ''}, or make the image smaller`, commands: [] };
}

/** Not even the compressed image would fit on the empty disk. */
export function isDiskTooSmall({ node, registry }: ImageView): boolean {
  const disk = node && 'value' in node.imageFs ? node.imageFs.value : null;
  return disk !== null && (registry?.manifest?.size ?? 0) > disk.capacityBytes;
}
