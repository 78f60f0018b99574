import { clip } from '../../words/text.ts';
import { failingHost } from '../facts.ts';
import type { ImageView } from '../view.ts';

/** What the neighbours tell about where the fault lies; null where they tell nothing. */
export function elsewhere(view: ImageView): string | null {
  if (view.worksElsewhere) return 'Other nodes reach this registry.';
  const here = view.neighbours?.sameRegistryHere;
  const others = view.neighbours?.sameRegistryElsewhere;
  if (!here || !others || here.works > 0 || others.works === 0) return null;
  return 'On other nodes images from this registry are in use.';
}

/** What a firewall has to let through: the host that the pull failed at, with its port. */
export function portOf(view: ImageView): string {
  const host = failingHost(view);
  if (host === null) return 'the registry';
  return /:\d+$/.test(host) ? clip(host) : `${clip(host)}, port 443`;
}
