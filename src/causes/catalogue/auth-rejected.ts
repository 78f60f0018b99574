import type { Fix } from '../../values/verdict.ts';
import { clip, sentences } from '../../words/text.ts';
import { attemptsWith, capitalised, theCredential, theRegistry } from '../facts.ts';
import { firstSee, renew } from '../fix/renew.ts';
import { changePodSpec, retryNow } from '../fix/workload.ts';
import { unusedSecret } from '../unused-secret.ts';
import type { ImageView } from '../view.ts';
import { quirk } from './credential-quirks.ts';
import type { CatalogueEntry } from './entry.ts';
import { notUsedYet } from './not-used-yet.ts';

export const authRejected: CatalogueEntry = {
  family: 'credentials',
  title: 'the registry refused the credential',
  retry: 'never',
  explanation(view) {
    const credential = theCredential(view);
    const anonymous = attemptsWith(view, 'found').some((attempt) => attempt.credential === null);
    const unused = isRefusedNow(view) ? null : notUsedYet(view);
    if (unused) return sentences(`${capitalised(theRegistry(view))} did not accept what it was sent by the pull that failed.`, unused);
    return sentences(
      `${capitalised(theRegistry(view))} does not accept ${credential ?? 'the user name or password that it was sent'}.`,
      quirk(view),
      anonymous ? 'Without any credential it serves this image.' : null,
    );
  },
  fixes(view) {
    const anonymous = attemptsWith(view, 'found').some((attempt) => attempt.credential === null);
    if (unusedSecret(view) && !isRefusedNow(view)) return firstSee(view);
    return [...renew(view), ...(anonymous ? removal(view) : []), retryNow(view)];
  },
};

function isRefusedNow(view: ImageView): boolean {
  return attemptsWith(view, 'unauthorized', 'token-refused', 'forbidden').some((attempt) => attempt.credential !== null);
}

/** Public images are refused to a bad credential: the kubelet does not go on to ask without it. */
function removal(view: ImageView): Fix[] {
  const names = [...new Set((view.credentials?.tries ?? []).map(({ secret }) => secret))];
  const title = `or take ${names.length === 1 ? `secret ${clip(names[0] ?? '')}` : 'the pull secrets'} away from the pod: the image is public, and a refused credential blocks even that`;
  return [changePodSpec(view, { imagePullSecrets: names.map((name) => ({ $patch: 'delete', name })) }, title)];
}
