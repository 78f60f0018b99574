import { usesPullSecrets } from '../../values/pull-secret-use.ts';
import type { Fix } from '../../values/verdict.ts';
import { clip, list } from '../../words/text.ts';
import type { ImageView } from '../view.ts';
import { anew, recreate, retryNow } from './workload.ts';

/** The pull secrets of the service account that the pod, made before they were added, does not name. */
function secretsAddedLater(view: ImageView): readonly string[] {
  const named = namesOf(view);
  return named && named.pod.length === 0 ? named.account : [];
}

/** What the service account's pull secrets are to this pod, where it does not have them; null: nothing. */
export function laterSecretsSentence(view: ImageView): string | null {
  const named = namesOf(view);
  const account = `The service account ${clip(view.pod.serviceAccount)}`;
  const missed = named?.account.filter((name) => !named.pod.includes(name)) ?? [];
  if (!named || missed.length === 0) return null;
  return named.pod.length === 0
    ? `${account} names the pull secret ${list(missed)}, but this pod was made without it: a pod gets them when it is created.`
    : `${account} names the pull secret ${list(missed)}, which a pod that names secrets of its own does not get.`;
}

/** A pod made again takes over what its service account names by then. */
export function takeLaterSecrets(view: ImageView): readonly Fix[] {
  const later = secretsAddedLater(view);
  if (later.length === 0) return [];
  const { commands } = retryNow(view);
  const title = `make the pod anew, so that it gets ${list(later)} from its service account`;
  if (commands.length > 0) return [{ title, commands }];
  return [{ title: `${title}; ${anew(view)}`, commands: recreate(view, { imagePullSecrets: later.map((name) => ({ name })) }) }];
}

function namesOf(view: ImageView): { readonly pod: readonly string[]; readonly account: readonly string[] } | null {
  const { spec } = view.evidence;
  if (
    spec.outcome !== 'done' ||
    spec.facts.unread !== undefined ||
    'obstacle' in spec.facts.serviceAccount ||
    !usesPullSecrets(view.container.kind)
  )
    return null;
  return { pod: spec.facts.pullSecrets, account: spec.facts.serviceAccount.value.pullSecrets };
}
