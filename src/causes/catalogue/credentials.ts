import { lifetimeHours } from '../../values/credential-life.ts';
import { usesPullSecrets } from '../../values/pull-secret-use.ts';
import type { Fix } from '../../values/verdict.ts';
import { clip, sentences } from '../../words/text.ts';
import {
  attemptsWith,
  capitalised,
  registryWords,
  suspectCredential,
  theCredential,
  theNode,
  theRegistry,
  theRepository,
  unreadableSecrets,
} from '../facts.ts';
import { bringCredential, replaceSecret } from '../fix/pull-secret.ts';
import { laterSecretsSentence, takeLaterSecrets } from '../fix/service-account.ts';
import { changePodSpec, retryNow } from '../fix/workload.ts';
import { isOnCloudOf, nodeIdentitySentence } from '../node-identity.ts';
import { registryProfile } from '../registries/registry-of.ts';
import { isManifestServed } from '../served-here.ts';
import { failingStorage } from '../storage.ts';
import { unusedSecret } from '../unused-secret.ts';
import type { ImageView } from '../view.ts';
import { quirk, suspectEntry } from './credential-quirks.ts';
import type { CatalogueEntry } from './entry.ts';
import { pullSecrets } from './pull-secrets.ts';
import { registryBlocks } from './registry-blocks.ts';
import { storageDenial, storageFixes } from './storage-denial.ts';

const authRequired: CatalogueEntry = {
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

const authRejected: CatalogueEntry = {
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

const authExpired: CatalogueEntry = {
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

const authForbidden: CatalogueEntry = {
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

/** A credential of which nothing is known yet: the next attempt tells. */
function firstSee(view: ImageView): Fix[] {
  return [retryNow(view, 'wait'), ...renew(view).map(({ title, commands }) => ({ title: `if it is refused then, ${title}`, commands }))];
}

function isRefusedNow(view: ImageView): boolean {
  return attemptsWith(view, 'unauthorized', 'token-refused', 'forbidden').some((attempt) => attempt.credential !== null);
}

/** That the denial is from before the Secret that would serve now. */
function notUsedYet(view: ImageView): string | null {
  const unused = unusedSecret(view);
  if (!unused) return null;
  const name = `secret ${clip(unused.secret.name)}`;
  const open = isManifestServed(view) ? '' : ', and whether the registry takes it is not known';
  return unused.since === null
    ? `That is from a pull for which the runtime had no credential: it has not used ${name} yet${open}.`
    : `That is from before ${name} was as it is now, since ${unused.since}: no pull has used it yet${open}.`;
}

/** When the credential was put where it is: the only clock of one that does not tell its own end. */
function unchangedSince(view: ImageView): string | null {
  const name = suspectCredential(view)?.secret;
  const secret = view.secrets.find((candidate) => candidate.name === name);
  const changed = secret?.changedAt ?? secret?.createdAt ?? null;
  return secret && changed ? `Secret ${clip(secret.name)} was last changed at ${changed}.` : null;
}

/** Public images are refused to a bad credential: the kubelet does not go on to ask without it. */
function removal(view: ImageView): Fix[] {
  const names = [...new Set((view.credentials?.tries ?? []).map(({ secret }) => secret))];
  const title = `or take ${names.length === 1 ? `secret ${clip(names[0] ?? '')}` : 'the pull secrets'} away from the pod: the image is public, and a refused credential blocks even that`;
  return [changePodSpec(view, { imagePullSecrets: names.map((name) => ({ $patch: 'delete', name })) }, title)];
}

/** What the pod had to offer, where that is known and it was nothing. */
function noneToSend(view: ImageView): string | null {
  if (!usesPullSecrets(view.container.kind)) return 'Pull secrets are not used for the sandbox image.';
  if (!view.credentials || view.credentials.tries.length > 0) return null;
  if (view.secrets.length === 0 && view.container.pull !== 'failing') return 'The pod names no pull secret.';
  if (view.secrets.length === 0) return `The pod names no pull secret, and ${theNode(view)} gave no credential that was accepted.`;
  return unreadableSecrets(view) ?? 'None of its pull secrets has a credential for it.';
}

/** A fresh credential in place of the refused one. */
function renew(view: ImageView): Fix[] {
  const { credential } = registryProfile(view.spec?.reference ?? null);
  const suspect = suspectCredential(view);
  if (suspect) return [replaceSecret(view, suspect.secret, `renew secret ${clip(suspect.secret)} with ${credential}`)];
  if (view.secrets.length === 0 && view.credentials) {
    const title = `renew the credential that ${theNode(view)} itself uses for ${theRegistry(view)}: the pod names no pull secret`;
    return [{ title, commands: [] }];
  }
  return bringCredential(view);
}

function nodeAccess(view: ImageView): Fix | null {
  const access = registryProfile(view.spec?.reference ?? null).nodeAccess;
  return access ? { title: access.title, commands: access.commands } : null;
}

/** On the registry's own cloud the nodes' identity is the lasting answer; elsewhere it is none. */
function orderedByCloud(view: ImageView, access: Fix | null, secret: readonly Fix[]): Fix[] {
  if (!access) return [...secret];
  const cloud = registryProfile(view.spec?.reference ?? null).nodeAccess;
  return cloud && isOnCloudOf(cloud, view) === false ? [...secret] : [access, ...secret];
}

export const credentials = {
  'auth-required': authRequired,
  'auth-rejected': authRejected,
  'auth-expired': authExpired,
  'auth-forbidden': authForbidden,
  ...pullSecrets,
  ...registryBlocks,
};
