import type { CauseCode } from '../../values/cause-code.ts';
import { lifetimeHours } from '../../values/credential-life.ts';
import { usesPullSecrets } from '../../values/pull-secret-use.ts';
import type { Alternative } from '../../values/verdict.ts';
import { failingStorage } from '../storage.ts';
import { alternative } from '../tell-apart.ts';
import type { ImageView } from '../view.ts';

const ofSecrets: ReadonlySet<CauseCode> = new Set(['pull-secret-missing', 'pull-secret-malformed', 'pull-secret-wrong-registry']);
const ofLogin: ReadonlySet<CauseCode> = new Set(['auth-required', 'auth-rejected']);
const ofCredentials: ReadonlySet<CauseCode> = new Set(['auth-rejected', 'auth-expired', 'auth-forbidden']);

/**
 * The alternatives that the evidence leaves open: no fault of a Secret where the pod has none, none of a credential where the runtime says
 * that it sent none, and no login where none was asked for.
 */
export function leftOpen(view: ImageView, alternatives: readonly Alternative[]): readonly Alternative[] {
  const none = hasNoSecret(view);
  const isUnsent = sentNone(view);
  const asksNobody = failingStorage(view) !== null || isNoTokenServer(view);
  return alternatives
    .filter(({ code }) => !(ofSecrets.has(code) && none) && !(ofCredentials.has(code) && isUnsent) && !(ofLogin.has(code) && asksNobody))
    .map((one) => stillToSee(view, one));
}

/** With a sign that is still to be looked for, in place of one that the Secrets of the pod have shown, or that cannot be of them. */
function stillToSee(view: ImageView, one: Alternative): Alternative {
  const tries = view.credentials?.tries;
  if (!tries) return one;
  if (one.code === 'auth-required' && tries.length === 0) return alternative('auth-required');
  if (one.code === 'auth-rejected' && tries.length === 0 && hasNoSecret(view))
    return { ...one, tellApart: 'the node has a credential of its own for this registry, and it fails to log in' };
  if (one.code === 'auth-expired' && tries.length > 0 && tries.every((entry) => lifetimeHours(entry) === null))
    return alternative('auth-expired');
  return one;
}

/** The address that the registry names for tokens gives the same odd answer to this workstation. */
function isNoTokenServer({ reading, registry }: ImageView): boolean {
  if (reading?.code !== 'registry-bad-response' || reading.error.stage !== 'token') return false;
  const asked = (registry?.attempts ?? []).flatMap(({ exchanges }) => exchanges.filter(({ purpose }) => purpose === 'token'));
  return asked.some(({ status }) => status !== null && status === reading.error.status);
}

function hasNoSecret({ evidence, secrets, container }: ImageView): boolean {
  if (!usesPullSecrets(container.kind)) return true;
  return evidence.secrets.outcome === 'done' && secrets.length === 0;
}

/** What matches now need not have been sent then. */
function sentNone({ reading, credentials }: ImageView): boolean {
  return reading?.error.credentialSent === false && (credentials?.tries.length ?? 0) === 0;
}
