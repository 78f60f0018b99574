import { formatReference, parseReference } from '../../image/reference.ts';
import type { NodeCondition, NodeFacts, Obstacle } from '../../values/evidence.ts';
import type { RawCondition, RawNode } from '../kubernetes.ts';
import { shorten } from '../shorten.ts';

type ObjectFacts = Omit<NodeFacts, 'imageFs' | 'events' | 'neighbours'>;

/** What the Node object says of the node; `images` are those whose presence matters. */
export function readNode(name: string, node: RawNode, images: readonly { readonly image: string }[]): ObjectFacts {
  const info = node.status?.nodeInfo;
  return {
    name,
    platform: { os: info?.operatingSystem ?? '', architecture: info?.architecture ?? '' },
    kubelet: info?.kubeletVersion ?? '',
    runtime: info?.containerRuntimeVersion ?? '',
    createdAt: node.metadata.creationTimestamp ?? '',
    provider: node.spec?.providerID || null,
    conditions: (node.status?.conditions ?? []).map(readCondition),
    imagesPresent: imagesPresent(node, images),
    ...(node.status?.images && { imagesListed: node.status.images.length }),
  };
}

/** The same for who may not read nodes, or where it is gone: what other objects tell of the node is still worth having. */
export function unreadNode(name: string, unread: Obstacle): ObjectFacts {
  return {
    name,
    unread,
    platform: { os: '', architecture: '' },
    kubelet: '',
    runtime: '',
    createdAt: '',
    provider: null,
    conditions: [],
    imagesPresent: [],
  };
}

function readCondition({ type, status, reason, message, lastTransitionTime }: RawCondition): NodeCondition {
  return {
    type,
    status,
    reason: reason ?? null,
    message: message === undefined ? null : shorten(message),
    since: lastTransitionTime ?? null,
  };
}

/** Whether the node lists the image: it lists at most 50, so absence proves nothing. */
export function lists(node: RawNode, image: string): boolean {
  return imagesPresent(node, [{ image }]).length > 0;
}

/** Names as the node lists them; it lists at most 50 images, the largest, so absence proves nothing (nodeStatusMaxImages). */
function imagesPresent(node: RawNode, images: readonly { readonly image: string }[]): readonly string[] {
  const wanted = new Set(images.flatMap(({ image }) => fullName(image) ?? []));
  const names = (node.status?.images ?? []).flatMap((image) => image.names ?? []);
  return names.filter((name) => wanted.has(fullName(name) ?? ''));
}

function fullName(image: string): string | null {
  const parsed = parseReference(image);
  return 'reference' in parsed ? formatReference(parsed.reference) : null;
}
