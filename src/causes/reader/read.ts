import { decide } from './decide.ts';
import { hasWords, readMessage } from './read-message.ts';
import { remember } from './remember.ts';

const parts = remember(readMessage);

/**
 * Reads what a kubelet, a runtime or a registry said about a failed pull, and decides the cause as far as the text alone decides it. The
 * first parameter is the text: not trusted, of any length; only its head and its tail are read where it is very long. The second is the
 * image that the text is about, as written in the pod, where known.
 */
export const read = remember((text, image) => decide(parts(text, image)));

/**
 * False for texts that say only that a pull failed or waits, such as `Back-off pulling image "x"` and `Error: ErrImagePull`. The parameters
 * are those of `read`.
 */
export const isInformative = (text: string, image?: string): boolean => hasWords(parts(text, image));
