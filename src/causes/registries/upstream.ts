import type { ImageView } from '../view.ts';
import { habitsOf } from './registry-of.ts';

/** GitLab's caches lie beside its registry, at the same token server (dependency proxy, virtual registries). */
const gitlabCache = /(?:^|\/)(?:dependency_proxy\/containers|virtual_registries\/container)\//;

/**
 * Whether this registry's "not found" may be its own failure to get the image from an upstream: nothing shows that it is no cache, or that
 * its upstream answered.
 */
export function mayHideUpstream(view: ImageView): boolean {
  if (gitlabCache.test(view.spec?.reference?.repository ?? '')) return true;
  return habitsOf(view).mayHideUpstream && view.registry?.deniesItself !== true;
}
