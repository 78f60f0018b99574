import { count } from '../../words/amounts.ts';
import { longDuration } from '../../words/durations.ts';
import { sentences } from '../../words/text.ts';
import { capitalised, theCredential, theFailingHost, theNode } from '../facts.ts';
import { givePullSecret } from '../fix/pull-secret.ts';
import { registryProfile } from '../registries/registry-of.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

const rateLimited: CatalogueEntry = {
  family: 'rate',
  title: "the registry's pull limit is reached",
  retry: 'wait',
  explanation(view) {
    const limit = view.registry?.rateLimit;
    const announced =
      limit?.limit && limit.windowSeconds
        ? `It announces ${count(limit.limit, 'pull')} in ${longDuration(limit.windowSeconds)} to this workstation.`
        : null;
    return sentences(`${capitalised(theFailingHost(view))} answered that there were too many requests.`, whoPulled(view), announced);
  },
  fixes(view) {
    const { publicOnly } = registryProfile(view.spec?.reference ?? null);
    const account = view.credentials !== null && view.credentials.tries.length === 0 && !publicOnly;
    const waiting = {
      title: `${account ? 'or ' : ''}wait: the kubelet tries again every 5 minutes, and succeeds once the limit allows it`,
      commands: [],
    };
    const mirror = { title: 'or mirror the image into a registry of your own, or pull through a cache', commands: [] };
    return account ? [givePullSecret(view), waiting, mirror] : [waiting, mirror];
  },
};

/** Whose limit it is, as far as that is known: registries count anonymous pulls by address. */
function whoPulled(view: ImageView): string | null {
  const shared = `all who leave by the same address as ${theNode(view)} share one limit`;
  if (/unauthenticated/i.test(view.reading?.error.raw ?? '')) return `It counted an anonymous pull, for which ${shared}.`;
  const credential = theCredential(view);
  if (credential) return `The pod has a credential for it: ${credential}.`;
  return view.credentials ? `The pod has no credential for it, and without one ${shared}.` : null;
}

export const rate = { 'rate-limited': rateLimited };
