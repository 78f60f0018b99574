import type { ImageView } from '../view.ts';
import { isHost } from './node.ts';

/**
 * Where the registry serves the image's manifest, for that is what the pull asks: limits and faults of registries often spare /v2/, which
 * stands for it where the name was not read. OCI distribution-spec 1.1, pulling manifests.
 */
export function manifestUrl(view: ImageView): string {
  const reference = view.spec?.reference ?? null;
  const host = apiHost(view);
  if (reference === null || host === 'HOST') return pingUrl(view);
  return `https://${host}/v2/${reference.repository}/manifests/${reference.digest ?? reference.tag ?? 'latest'}`;
}

/** Where a registry says how to log in. OCI distribution-spec 1.1, determining support. */
export function pingUrl(view: ImageView): string {
  return `https://${apiHost(view)}/v2/`;
}

function apiHost(view: ImageView): string {
  const host = view.spec?.reference?.registry ?? null;
  if (host === 'docker.io') return 'registry-1.docker.io';
  return isHost(host) ? host : 'HOST';
}
