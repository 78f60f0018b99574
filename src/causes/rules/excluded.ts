import type { CauseCode } from '../../values/cause-code.ts';
import { usesPullSecrets } from '../../values/pull-secret-use.ts';
import type { Alternative } from '../../values/verdict.ts';
import { failingStorage } from '../storage.ts';
import type { ImageView } from '../view.ts';

const ofSecrets: ReadonlySet<CauseCode> = new Set(['pull-secret-missing', 'pull-secret-malformed', 'pull-secret-wrong-registry']);
const ofCredentials: ReadonlySet<CauseCode> = new Set(['auth-rejected', 'auth-expired', 'auth-forbidden']);

/** The alternatives that the evidence leaves open: no fault of a Secret where the pod has none, none of a credential where the runtime says that it sent none, and none wanted by a storage that asks nobody for one. */
export function leftOpen(view: ImageView, alternatives: readonly Alternative[]): readonly Alternative[] {
  return alternatives.filter(
    ({ code }) =>
      !(ofSecrets.has(code) && hasNoSecret(view)) &&
      !(ofCredentials.has(code) && sentNone(view)) &&
      !(code === 'auth-required' && failingStorage(view) !== null),
  );
}

function hasNoSecret({ evidence, secrets, container }: ImageView): boolean {
  if (!usesPullSecrets(container.kind)) return true;
  return evidence.secrets.outcome === 'done' && secrets.length === 0;
}

/** What matches now need not have been sent then. */
function sentNone({ reading, credentials }: ImageView): boolean {
  return reading?.error.credentialSent === false && (credentials?.tries.length ?? 0) === 0;
}
