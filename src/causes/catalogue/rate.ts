import type { CatalogueEntry } from '../catalogue-entry.ts';
import { capitalised, clip, count, duration, sentences, suspectCredential, theFailingHost, theNode } from '../facts.ts';
import { givePullSecret } from '../fix/pull-secret.ts';
import { registryProfile } from '../registries.ts';
import type { ImageView } from '../view.ts';

const rateLimited: CatalogueEntry = {
  family: 'rate',
  title: "the registry's pull limit is reached",
  retry: 'wait',
  explanation(view) {
    const limit = view.registry?.rateLimit;
    const announced =
      limit?.limit && limit.windowSeconds
        ? `It announces ${count(limit.limit, 'pull')} in ${duration(limit.windowSeconds)} to this workstation.`
        : null;
    return sentences(`${capitalised(theFailingHost(view))} answered that too many requests came from ${whoPulled(view)}.`, announced);
  },
  fixes(view) {
    const { publicOnly } = registryProfile(view.spec?.reference ?? null);
    const waiting = { title: 'wait: the kubelet tries again every 5 minutes, and succeeds once the limit has passed', commands: [] };
    const mirror = { title: 'mirror the image into a registry of your own, or pull through a cache', commands: [] };
    const anonymous = view.credentials !== null && view.credentials.tries.length === 0;
    return anonymous && !publicOnly ? [givePullSecret(view), waiting, mirror] : [waiting, mirror];
  },
};

function whoPulled(view: ImageView): string {
  const credential = suspectCredential(view);
  if (credential) return credential.user ? `user ${clip(credential.user, 80)}` : `the credential of secret ${clip(credential.secret)}`;
  const anonymous = view.credentials !== null;
  return anonymous
    ? `the address that ${theNode(view)} leaves by, without a pull secret for it`
    : `${theNode(view)} or others behind its address`;
}

export const rate = { 'rate-limited': rateLimited };
