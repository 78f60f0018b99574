import type { CauseCode } from '../../values/cause-code.ts';
import type { CredentialEntry } from '../../values/evidence.ts';
import { replayOf } from '../replay.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

/** The registry wanted a credential, or another one. */
const denials: ReadonlySet<CauseCode> = new Set([
  'auth-required',
  'auth-rejected',
  'auth-expired',
  'auth-forbidden',
  'not-found-or-denied',
]);

/**
 * A pull Secret's fault explains a denial, never a missing tag: the kubelet goes on without a Secret that it cannot use (causes.md, Boundaries).
 * What was sent comes from the kubelet's keyring; what became of it, from the registry's own answer where it could be asked.
 */
export const credentials: Rule = (view, finding) => {
  if (!finding || !denials.has(finding.code)) return finding;
  const tries = view.credentials?.tries;
  if (tries && tries.length > 0) return sent(view, finding);
  if (view.reading?.error.credentialSent) return finding; // not from a Secret: the node's own credential was refused
  return notSent(view, finding);
};

/** No Secret of the pod gave a credential for this image: whose fault is it? */
function notSent(view: ImageView, finding: Finding): Finding {
  const { secrets } = view;
  const replay = replayOf(view);
  if (replay?.anonymous?.result === 'found') return { ...finding, confidence: 'possible', retry: 'now' };
  const is = (state: string) => secrets.some((secret) => secret.state === state);
  const codes: CauseCode[] = [];
  if (is('missing') || saysMissing(view)) codes.push('pull-secret-missing');
  if (is('faulty')) codes.push('pull-secret-malformed');
  if (is('usable')) codes.push('pull-secret-wrong-registry');
  const [code, ...others] = codes;
  if (!code) return unsent(view, finding);
  const hides = finding.code === 'not-found-or-denied';
  const open = [...others, ...(hides ? (['repository-not-found'] as const) : [])];
  return { code, confidence: open.length > 0 || is('unreadable') ? 'likely' : 'certain', alternatives: open.map(alternative) };
}

/** The kubelet's own word that it could not get a Secret (from 1.28 on), for those who may not read Secrets. */
function saysMissing(view: ImageView): boolean {
  const events = view.evidence.events;
  const said = events.outcome === 'done' && events.facts.events.some((event) => event.reason === 'FailedToRetrieveImagePullSecret');
  return said && view.secrets.every((secret) => secret.state === 'unreadable');
}

/** The pod names no Secret, or none that may be read. */
function unsent(view: ImageView, finding: Finding): Finding {
  if (view.secrets.some((secret) => secret.state === 'unreadable')) {
    const open = (['pull-secret-wrong-registry', 'auth-rejected'] as const).filter((code) => code !== finding.code).map(alternative);
    return { ...finding, confidence: 'likely', alternatives: [...finding.alternatives, ...open] };
  }
  const refusesAnyone = replayOf(view)?.anonymous?.result === 'unauthorized';
  const proved = finding.code === 'auth-required' && refusesAnyone && view.reading?.error.credentialSent === false;
  return proved ? { ...finding, confidence: 'certain', alternatives: [] } : finding;
}

/** A credential went along and the answer was still no. */
function sent(view: ImageView, finding: Finding): Finding {
  const entries = triedEntries(view);
  const replay = replayOf(view);
  if (replay?.withCredential.some((attempt) => attempt.result === 'found')) {
    return {
      code: finding.code === 'auth-required' ? 'auth-rejected' : finding.code,
      confidence: 'likely',
      retry: 'now',
      alternatives: [],
    };
  }
  const refused = replay?.withCredential.filter((attempt) => attempt.authenticated === false || attempt.result === 'token-refused') ?? [];
  const allRefused = replay !== null && refused.length > 0 && refused.length === replay.withCredential.length;
  if (entries.length > 0 && entries.every((entry) => entry.empty))
    return { code: 'pull-secret-malformed', confidence: 'certain', alternatives: [] };
  if (entries.length > 0 && entries.every((entry) => hasExpired(entry, view)))
    return {
      code: 'auth-expired',
      confidence: allRefused ? 'certain' : 'likely',
      alternatives: allRefused ? [] : [alternative('auth-rejected')],
    };
  if (allRefused)
    return { code: finding.code === 'auth-expired' ? 'auth-expired' : 'auth-rejected', confidence: 'certain', alternatives: [] };
  if (replay?.withCredential.some((attempt) => attempt.result === 'forbidden'))
    return { code: 'auth-forbidden', confidence: 'certain', alternatives: [] };
  if (finding.code === 'auth-required')
    return { code: 'auth-rejected', confidence: 'likely', alternatives: [alternative('auth-forbidden')] };
  return finding;
}

function triedEntries(view: ImageView): readonly CredentialEntry[] {
  const tries = view.credentials?.tries ?? [];
  return tries.flatMap(
    (tried) => view.secrets.find((secret) => secret.name === tried.secret)?.entries.filter((entry) => entry.key === tried.key) ?? [],
  );
}

function hasExpired(entry: CredentialEntry, view: ImageView): boolean {
  return entry.expiresAt !== null && Date.parse(entry.expiresAt) < Date.parse(view.evidence.collectedAt);
}
