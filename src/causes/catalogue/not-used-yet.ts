import { clip } from '../../words/text.ts';
import { isManifestServed } from '../served-here.ts';
import { unusedSecret } from '../unused-secret.ts';
import type { ImageView } from '../view.ts';

/** That the denial is from before the Secret that would serve now. */
export function notUsedYet(view: ImageView): string | null {
  const unused = unusedSecret(view);
  if (!unused) return null;
  const name = `secret ${clip(unused.secret.name)}`;
  const open = isManifestServed(view) ? '' : ', and whether the registry takes it is not known';
  return unused.since === null
    ? `That is from a pull for which the runtime had no credential: it has not used ${name} yet${open}.`
    : `That is from before ${name} was as it is now, since ${unused.since}: no pull has used it yet${open}.`;
}
