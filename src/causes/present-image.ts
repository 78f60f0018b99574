import type { ImageView } from './view.ts';

/** The node has the image, by the name that the pod gives it, and need not be asked for it to be there. */
export function isPresent({ container, node }: ImageView): boolean {
  return container.pullPolicy === 'IfNotPresent' && (node?.imagesPresent.includes(container.image) ?? false);
}
