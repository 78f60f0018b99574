import { decide } from './decide.ts';
import type { Reading } from './pull-error.ts';
import { readMessage } from './read-message.ts';

export { decide, readMessage };

/**
 * Reads what a kubelet, a runtime or a registry said about a failed pull, and decides the cause as far as the text alone decides it.
 * @param text not trusted, of any length; only its head and its tail are read where it is very long
 * @param image the image that the text is about, as written in the pod, where known
 */
export function read(text: string, image?: string): Reading {
  return decide(readMessage(text, image));
}

/** False for texts that say only that a pull failed or waits, such as `Back-off pulling image "x"` and `Error: ErrImagePull`. */
export function isInformative(text: string): boolean {
  return /\p{L}{2}/u.test(readMessage(text).clause.replace(/‹\w+›/g, ''));
}
