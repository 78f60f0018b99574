import { parseReference } from '../../image/reference.ts';
import type { CauseCode, CauseFamily } from '../../values/cause-code.ts';
import type { RolloutChange } from '../../values/evidence.ts';
import type { Fix } from '../../values/verdict.ts';
import { count } from '../../words/amounts.ts';
import { clip } from '../../words/text.ts';
import { unreached } from '../unreached.ts';
import type { ImageView } from '../view.ts';
import { kubectl, kubectlPlugin } from './kubectl.ts';
import { ownKind, withReplacement, workloadName } from './workload.ts';

/**
 * What another revision of the template can mend: what it names, its image's registry among it. A node and a password are the same for
 * every revision.
 */
export function isOfTemplate(code: CauseCode, family: CauseFamily): boolean {
  return family === 'reference' || family === 'content' || named.has(code) || ofTheRegistry.has(code);
}

const named: ReadonlySet<CauseCode> = new Set([
  'auth-required',
  'auth-forbidden',
  'pull-secret-missing',
  'pull-secret-wrong-registry',
  'registry-policy-blocked',
  'registry-blob-missing',
  'never-pull',
]);

/** The same for every image of the registry: only one of another registry is better off. */
const ofTheRegistry: ReadonlySet<CauseCode> = new Set<CauseCode>([
  ...unreached,
  'auth-rejected',
  'auth-expired',
  'registry-address-blocked',
  'rate-limited',
  'registry-unavailable',
  'registry-bad-response',
  'proxy-cache-upstream',
]);

/** Back to the revision before, and whether it is known to run. */
export interface Undo extends Fix {
  readonly ran: boolean;
}

/**
 * Back to the revision before, where this one is the newest and what it changed bears on the cause; null otherwise, and where that one has
 * pods of which none is ready: it is no better.
 */
export function undoRollout(view: ImageView, code: CauseCode): Undo | null {
  const { rollout } = view.pod;
  const previous = rollout?.previous;
  const commands = undoCommands(view);
  if (commands === null || !rollout?.newest || !previous) return null;
  const image = previous.images[view.container.container];
  if (image === undefined || !differs(view, code, image, previous.pullSecrets)) return null;
  if (previous.ready === 0 && (previous.pods ?? 0) > 0) return null;
  const ran = (previous.ready ?? 0) > 0;
  const known = ran
    ? `, of which ${count(previous.ready ?? 0, 'pod')} ${previous.ready === 1 ? 'is' : 'are'} ready now`
    : '; whether it ran is not known: none of its pods is left';
  return {
    ...withReplacement(view, { title: `go back to the previous revision while you mend it (${clip(image)}${known})`, commands }),
    ran,
  };
}

/** An Argo Rollout is undone by Argo's own kubectl plugin. */
function undoCommands(view: ImageView): readonly string[] | null {
  const { owner } = view.pod;
  if (['Deployment', 'StatefulSet', 'DaemonSet'].includes(ownKind(owner) ?? ''))
    return [kubectl(view, 'rollout', 'undo', workloadName(view))];
  if (owner?.kind === 'Rollout' && owner.group === 'argoproj.io')
    return [kubectlPlugin(view, 'argo', 'rollouts', 'undo', owner.name, '-n', view.pod.namespace)];
  return null;
}

/** Whether the revision before can be better off: what it named otherwise is what this cause is about. */
function differs(view: ImageView, code: CauseCode, image: string, pullSecrets: readonly string[]): boolean {
  if (ofTheRegistry.has(code)) return registryOf(image) !== registryOf(view.container.image);
  if (image !== view.container.image || usesOtherSecrets(view, pullSecrets)) return true;
  const bearing = bearsOn[code] ?? [];
  const changes = view.pod.rollout?.changes ?? [];
  return changes.some(
    ({ what, container }) => bearing.includes(what) && (container === undefined || container === view.container.container),
  );
}

function registryOf(image: string): string | null {
  const parsed = parseReference(image);
  return 'reference' in parsed ? parsed.reference.registry.toLowerCase() : null;
}

/** What else of a template can bring a cause about, where image and pull secrets are the same. */
const bearsOn: Partial<Record<CauseCode, readonly RolloutChange['what'][]>> = {
  'auth-required': ['pullSecrets', 'serviceAccount', 'pullPolicy'],
  'auth-forbidden': ['pullSecrets', 'serviceAccount', 'pullPolicy'],
  'not-found-or-denied': ['pullSecrets', 'serviceAccount', 'pullPolicy'],
  'platform-mismatch': ['nodeSelector'],
  'never-pull': ['pullPolicy', 'nodeSelector'],
};

/** What a template names is looked at: a pod whose template names none has those of its service account. */
function usesOtherSecrets({ evidence }: ImageView, previous: readonly string[]): boolean {
  if (evidence.spec.outcome !== 'done' || previous.length === 0) return false;
  return previous.toSorted().join() !== evidence.spec.facts.pullSecrets.toSorted().join();
}
