import { lifetimeHours } from '../../values/credential-life.ts';
import type { Fix } from '../../values/verdict.ts';
import { clip, sentences } from '../../words/text.ts';
import { suspectCredential, theCredential, theRegistry } from '../facts.ts';
import { nodeAccess } from '../fix/node-access.ts';
import { renew } from '../fix/renew.ts';
import { retryNow } from '../fix/workload.ts';
import { registryProfile } from '../registries/registry-of.ts';
import type { ImageView } from '../view.ts';
import { suspectEntry } from './credential-quirks.ts';
import type { CatalogueEntry } from './entry.ts';

export const authExpired: CatalogueEntry = {
  family: 'credentials',
  title: 'the credential has expired',
  retry: 'never',
  explanation(view) {
    const profile = registryProfile(view.spec?.reference ?? null);
    const entry = suspectEntry(view);
    const hours = entry ? lifetimeHours(entry) : profile.lifetimeHours;
    const life = hours ? `Such passwords of ${profile.name} last ${hours === 1 ? 'an hour' : `${hours} hours`}.` : null;
    return sentences(
      `The credential for ${theRegistry(view)} (${theCredential(view) ?? "sent from the pull secret or by the node's credential provider"}) has expired${entry?.expiresAt ? `: it was valid until ${entry.expiresAt}` : ''}.`,
      life,
      hours && !entry?.expiresAt ? unchangedSince(view) : null,
    );
  },
  fixes(view) {
    const access = nodeAccess(view);
    const lasting: Fix[] = access
      ? [{ ...access, title: `${access.title}, so that no secret has to be renewed, then remove the pull secret` }]
      : [];
    return [...renew(view), retryNow(view), ...lasting];
  },
};

/** When the credential was put where it is: the only clock of one that does not tell its own end. */
function unchangedSince(view: ImageView): string | null {
  const name = suspectCredential(view)?.secret;
  const secret = view.secrets.find((candidate) => candidate.name === name);
  const changed = secret?.changedAt ?? secret?.createdAt ?? null;
  return secret && changed ? `Secret ${clip(secret.name)} was last changed at ${changed}.` : null;
}
