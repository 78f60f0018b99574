import { formatReference, parseReference } from '../image/reference.ts';
import { mayVerifyCredentials } from './kubelet-config.ts';
import type { ImageView } from './view.ts';

/** The node has the image, by the name that the pod gives it, and need not be asked for it to be there. */
export function isPresent(view: ImageView): boolean {
  return view.container.pullPolicy === 'IfNotPresent' && isListed(view);
}

/** Names of a node are full ones: `docker.io/library/nginx:1.27`. */
function isListed({ container, node }: ImageView): boolean {
  const name = fullName(container.image);
  return node?.imagesPresent.some((listed) => fullName(listed) === name) ?? false;
}

function fullName(image: string): string {
  const parsed = parseReference(image);
  return 'reference' in parsed ? formatReference(parsed.reference) : image;
}

/** A node lists at most so many images (nodeStatusMaxImages). */
const mostListed = 50;

/**
 * What is known of an image that the kubelet calls absent. A kubelet that checks credentials says the same of one that is there and that this pod may not use
 * (KEP-2535): `unknown` then, but where the node lists all that it has.
 */
export function presenceOf(view: ImageView): 'present' | 'absent' | 'unknown' {
  if (isListed(view)) return 'present';
  if (view.node?.unread === undefined && (view.node?.imagesListed ?? mostListed) < mostListed) return 'absent';
  return mayVerifyCredentials(view) ? 'unknown' : 'absent';
}

/** `localhost` without a port: what podman and others call images that were built and never pushed. No registry has them. */
export function isLocalOnly({ container }: ImageView): boolean {
  return container.image.startsWith('localhost/');
}
