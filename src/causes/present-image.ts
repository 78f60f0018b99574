import { formatReference, parseReference } from '../image/reference.ts';
import { mayVerifyCredentials, verifiesCredentials } from './kubelet-config.ts';
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
 * What is known of an image that the kubelet has not found on its node. `absent`: in its own words, and it checks no credentials. A kubelet
 * that checks them says the same of an image that is there and that this pod may not use (KEP-2535). `unlisted`: it may check them, and the
 * node lists all its images, and not this one; the list is minutes old at times and holds five names of an image at most (kubernetes
 * pkg/kubelet/nodestatus/setters.go, maxNamesPerImageInNodeStatus), so that it proves nothing. `arrived`: it was absent, and the node lists
 * it by now. `listed`: the node lists it by now, and its kubelet may check credentials: it has come since, or is kept from the pod.
 */
export type Whereabouts = 'present' | 'absent' | 'arrived' | 'listed' | 'unlisted' | 'unknown';

export function presenceOf(view: ImageView): Whereabouts {
  const wasLookedFor = view.container.pullPolicy !== 'Always';
  if (isListed(view)) {
    if (!wasLookedFor || verifiesCredentials(view)) return 'present';
    return mayVerifyCredentials(view) ? 'listed' : 'arrived';
  }
  if (wasLookedFor && !mayVerifyCredentials(view)) return 'absent';
  return view.node?.unread === undefined && (view.node?.imagesListed ?? mostListed) < mostListed ? 'unlisted' : 'unknown';
}

/** `localhost` without a port: what podman and others call images that were built and never pushed. No registry has them. */
export function isLocalOnly({ container }: ImageView): boolean {
  return container.image.startsWith('localhost/');
}
