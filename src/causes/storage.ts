import { registryHost } from '../image/registry-host.ts';
import type { ImageView } from './view.ts';

/** A layer or the config failed to come, after the manifest had been served. */
export function isOfBlobs({ reading }: ImageView): boolean {
  return reading?.error.stage === 'blob' || reading?.error.stage === 'config';
}

/**
 * The address of the storage that a registry sent the node to for a layer, without its query, where that is what failed: a signed one in a
 * bucket, of the registry's own choice. Whoever asks there does so without a credential. null: it is the registry itself, a mirror, or not
 * known.
 */
export function failingStorage(view: ImageView): string | null {
  const request = view.reading?.error.request;
  const reference = view.spec?.reference;
  if (!isOfBlobs(view) || !request || request.mirrored || !reference) return null;
  const url = URL.parse(request.url);
  if (url === null || (request.host === registryHost(reference.registry) && /^\/v\d\//.test(url.pathname))) return null;
  return `${url.host}${url.pathname}`;
}
