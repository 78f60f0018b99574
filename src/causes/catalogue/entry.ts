import type { CauseFamily, Retry } from '../../values/cause-code.ts';
import type { Fix } from '../../values/verdict.ts';
import type { ImageView } from '../view.ts';

/** Everything that is said about a cause. The only place of its words besides its page in docs/causes. */
export interface CatalogueEntry {
  readonly family: CauseFamily;
  /** A short noun phrase, lower case, no full stop: `the tag does not exist`. */
  readonly title: string;
  readonly retry: Retry;
  /** One or two sentences about this very case; it names the things themselves (tag, secret, host, node) from the view. */
  explanation(view: ImageView): string;
  /** Most useful first; at least one for each cause that something can be done about. */
  fixes(view: ImageView): readonly Fix[];
}
