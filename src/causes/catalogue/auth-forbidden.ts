import type { Fix } from '../../values/verdict.ts';
import { sentences } from '../../words/text.ts';
import { capitalised, registryWords, theCredential, theRegistry, theRepository } from '../facts.ts';
import { nodeAccess, orderedByCloud } from '../fix/node-access.ts';
import { bringCredential } from '../fix/pull-secret.ts';
import { registryProfile } from '../registries/registry-of.ts';
import { failingStorage } from '../storage.ts';
import type { CatalogueEntry } from './entry.ts';
import { storageDenial, storageFixes } from './storage-denial.ts';

export const authForbidden: CatalogueEntry = {
  family: 'credentials',
  title: 'the credential lacks the right to pull',
  retry: 'never',
  explanation(view) {
    const words = registryWords(view);
    const ofStorage = storageDenial(view);
    if (ofStorage) return ofStorage;
    return sentences(
      `${capitalised(theRegistry(view))} refuses ${theCredential(view) ?? 'whoever asked'} access to ${theRepository(view)}.`,
      words ? `It says: ${words}.` : null,
    );
  },
  fixes(view) {
    if (failingStorage(view) !== null) return storageFixes(view);
    const access = nodeAccess(view);
    const who = theCredential(view);
    const { grant: way } = registryProfile(view.spec?.reference ?? null);
    const grant: Fix = {
      title: `give ${who ?? 'whoever the node asks as'} the right to pull from ${theRepository(view)}${way ? `: ${way.how}` : ''}`,
      commands: way?.commands ?? [],
    };
    if (who) return [grant, ...(access ? [access] : [])];
    const first = access ? orderedByCloud(view, access, bringCredential(view)) : view.credentials ? bringCredential(view) : [];
    return [...first, grant];
  },
};
