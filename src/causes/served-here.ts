import { platformDiffers } from './served-content.ts';
import type { ImageView } from './view.ts';

/** To the credentials that the kubelet would send, from this workstation; to nobody in particular where it would send none. */
export function isManifestServed({ registry, credentials }: ImageView): boolean {
  const anonymous = (credentials?.tries.length ?? 0) === 0;
  return (registry?.attempts ?? []).some(({ result, credential }) => result === 'found' && (credential === null) === anonymous);
}

/** The same of the image: nothing is known against its layers, nor against its platform. */
export function isServedHere(view: ImageView): boolean {
  const blob = view.registry?.blob;
  const isWhole = !blob || (blob.fault === null && (blob.status ?? 0) < 400);
  return isManifestServed(view) && isWhole && !platformDiffers(view);
}
