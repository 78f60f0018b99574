import { usesPullSecrets } from '../../values/pull-secret-use.ts';
import { sentences } from '../../words/text.ts';
import { capitalised, theNode, theRegistry, theRepository, unreadableSecrets } from '../facts.ts';
import { nodeAccess, orderedByCloud } from '../fix/node-access.ts';
import { bringCredential } from '../fix/pull-secret.ts';
import { firstSee } from '../fix/renew.ts';
import { laterSecretsSentence, takeLaterSecrets } from '../fix/service-account.ts';
import { nodeIdentitySentence } from '../node-identity.ts';
import { unusedSecret } from '../unused-secret.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';
import { notUsedYet } from './not-used-yet.ts';

export const authRequired: CatalogueEntry = {
  family: 'credentials',
  title: 'the registry wants a credential and got none',
  retry: 'never',
  explanation(view) {
    return sentences(
      `${capitalised(theRegistry(view))} does not serve ${theRepository(view)} without a credential.`,
      notUsedYet(view),
      laterSecretsSentence(view) ?? noneToSend(view),
      nodeIdentitySentence(view),
    );
  },
  fixes(view) {
    if (unusedSecret(view)) return firstSee(view);
    return [...takeLaterSecrets(view), ...orderedByCloud(view, nodeAccess(view), bringCredential(view))];
  },
};

/** What the pod had to offer, where that is known and it was nothing. */
function noneToSend(view: ImageView): string | null {
  if (!usesPullSecrets(view.container.kind)) return 'Pull secrets are not used for the sandbox image.';
  if (!view.credentials || view.credentials.tries.length > 0) return null;
  if (view.secrets.length === 0 && view.container.pull !== 'failing') return 'The pod names no pull secret.';
  if (view.secrets.length === 0) return `The pod names no pull secret, and ${theNode(view)} gave no credential that was accepted.`;
  return unreadableSecrets(view) ?? 'None of its pull secrets has a credential for it.';
}
