import { clip } from '../../words/text.ts';
import { hasEnded } from '../facts.ts';
import type { ImageView } from '../view.ts';

/** Said before the cause of a pull that is not tried again; null: it is. */
export function endedBefore(view: ImageView): string | null {
  if (view.container.pull !== 'failing' || !hasEnded(view)) return null;
  const { reason, owner } = view.pod;
  return `The pod has ended${reason ? ` (${clip(reason)})` : ''} and does not try again${owner ? '' : ': it has to be made anew'}. What failed until then:`;
}
