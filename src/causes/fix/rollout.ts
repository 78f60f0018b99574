import type { CauseCode, CauseFamily } from '../../values/cause-code.ts';
import type { Fix } from '../../values/verdict.ts';
import { clip, count } from '../facts.ts';
import type { ImageView } from '../view.ts';
import { kubectl, ownKind, withReplacement, workloadName } from './workload.ts';

/** What another revision of the template can mend: what it names. A node, a network, a registry and a password are the same for every revision. */
export function isOfTemplate(code: CauseCode, family: CauseFamily): boolean {
  return family === 'reference' || family === 'content' || named.has(code);
}

const named: ReadonlySet<CauseCode> = new Set([
  'auth-required',
  'auth-forbidden',
  'pull-secret-missing',
  'pull-secret-wrong-registry',
  'registry-policy-blocked',
]);

/** Back to the revision before, where this one is the newest and the one before names another image or other pull secrets; null otherwise. */
export function undoRollout(view: ImageView): Fix | null {
  const { owner, rollout } = view.pod;
  const previous = rollout?.previous;
  if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(ownKind(owner) ?? '') || !rollout?.newest || !previous) return null;
  const image = previous.images[view.container.container];
  if (image === undefined || (image === view.container.image && !usesOtherSecrets(view, previous.pullSecrets))) return null;
  const ready = previous.ready ? `, of which ${count(previous.ready, 'pod')} ${previous.ready === 1 ? 'is' : 'are'} ready now` : '';
  return withReplacement(view, {
    title: `go back to the previous revision while you mend it (${clip(image)}${ready})`,
    commands: [kubectl(view, 'rollout', 'undo', workloadName(view))],
  });
}

/** What a template names is looked at: a pod whose template names none has those of its service account. */
function usesOtherSecrets({ evidence }: ImageView, previous: readonly string[]): boolean {
  if (evidence.spec.outcome !== 'done' || previous.length === 0) return false;
  return previous.toSorted().join() !== evidence.spec.facts.pullSecrets.toSorted().join();
}
