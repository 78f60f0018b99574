import type { CauseCode } from '../../values/cause-code.ts';
import { expiryOf } from '../../values/credential-life.ts';
import type { CredentialEntry, PodEvent, SecretFacts } from '../../values/evidence.ts';
import { usesPullSecrets } from '../../values/pull-secret-use.ts';
import { undecodable } from '../../values/undecodable.ts';
import { refusalsOf } from '../registries/furthest.ts';
import { replayOf } from '../registries/replay.ts';
import { failingStorage } from '../storage.ts';
import { alternative } from '../tell-apart.ts';
import { saysNotUtf8, unsendable } from '../unsendable.ts';
import { unusedSecret } from '../unused-secret.ts';
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
 * A pull Secret's fault explains a denial, never a missing tag: the kubelet goes on without a Secret that it cannot use.
 * What was sent comes from the kubelet's keyring; what became of it, from the registry's own answer where it could be asked.
 */
export const credentials: Rule = (view, finding) => {
  if (!finding) return finding;
  if (undecodable(view.secrets) !== null && usesPullSecrets(view.container.kind)) {
    if (finding.code === 'pull-secret-malformed') return { ...finding, confidence: 'certain', alternatives: [] };
    // The kubelet asks nobody while one Secret does not decode: the registry's denial is from before, and will come again only once that is
    // mended.
    if (denials.has(finding.code)) return weighed(['pull-secret-malformed', finding.code]);
  }
  if (finding.code === 'pull-secret-malformed' && unsendable(view).length > 0 && saysNotUtf8(view))
    return { ...finding, confidence: 'certain', alternatives: [] };
  if (!denials.has(finding.code) || failingStorage(view) !== null) return finding;
  const tries = view.credentials?.tries;
  // The node's runtime was answered just now, with what the pod has.
  if (finding.retry === 'now')
    return tries?.length && finding.code === 'auth-required' ? { ...sentThen(view, finding), retry: 'now' } : finding;
  if (tries && tries.length > 0) return sent(view, finding);
  if (view.reading?.error.credentialSent) return finding; // not from a Secret: the node's own credential was refused
  return notSent(view, finding);
};

/** The first of the causes, certain where it stands alone. */
function weighed([code = 'unknown', ...others]: readonly CauseCode[]): Finding {
  return { code, confidence: others.length === 0 ? 'certain' : 'likely', alternatives: others.map(alternative) };
}

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
  if (codes.length === 0) return unsent(view, finding);
  // A 403 knows who asks: the node's own identity was refused, and the Secrets are only another way in.
  if (finding.code === 'auth-forbidden')
    return { ...finding, confidence: 'likely', alternatives: [...finding.alternatives, ...codes.map(alternative)] };
  const hides = finding.code === 'not-found-or-denied';
  const provedNone = hides || view.reading?.error.credentialSent === false;
  const found = weighed([...codes, ...(hides ? (['repository-not-found'] as const) : []), ...(provedNone ? [] : [finding.code])]);
  return is('unreadable') || areUnknown(view) ? { ...found, confidence: 'likely' } : found;
}

/** The kubelet's own word that it could not get a Secret (from 1.28 on), for those who may not read Secrets. */
function saysMissing(view: ImageView): boolean {
  const events = view.evidence.events;
  const said = events.outcome === 'done' && isMissed(events.facts.events);
  return said && view.secrets.every((secret) => secret.state === 'unreadable');
}

/** Not even their names are known: `kubectl describe` shows none. */
function areUnknown({ evidence, container }: ImageView): boolean {
  return evidence.secrets.outcome === 'unknown' && usesPullSecrets(container.kind);
}

/** The pod names no Secret, or none that may be read. */
function unsent(view: ImageView, finding: Finding): Finding {
  if (view.secrets.some((secret) => secret.state === 'unreadable') || areUnknown(view)) {
    const open = (['pull-secret-wrong-registry', 'auth-rejected'] as const).filter((code) => code !== finding.code).map(alternative);
    return { ...finding, confidence: 'likely', alternatives: [...finding.alternatives, ...open] };
  }
  const refusesAnyone = replayOf(view)?.anonymous?.result === 'unauthorized';
  const proved = finding.code === 'auth-required' && refusesAnyone && view.reading?.error.credentialSent === false;
  return proved ? { ...finding, confidence: 'certain', alternatives: [] } : finding;
}

/** The pod has credentials for it, and the answer was no. The one that should have served may be in a Secret that may not be read here. */
function sent(view: ImageView, finding: Finding): Finding {
  const found = ofSent(view, finding);
  const isOpen = found.confidence === 'certain' && view.secrets.some(({ state }) => state === 'unreadable');
  return isOpen ? { ...found, confidence: 'likely' } : found;
}

function ofSent(view: ImageView, finding: Finding): Finding {
  const entries = triedEntries(view);
  const replay = replayOf(view);
  const isUnused = unusedSecret(view) !== null;
  if (replay?.withCredential.some((attempt) => attempt.result === 'found')) {
    if (isUnused) return { ...sentThen(view, finding), retry: 'now' };
    return {
      code: finding.code === 'auth-required' ? 'auth-rejected' : finding.code,
      confidence: 'likely',
      retry: 'now',
      alternatives: [],
    };
  }
  // Where one was sent all the same, it was the node's own.
  if (entries.length > 0 && entries.every(({ entry }) => entry.empty) && view.reading?.error.credentialSent !== true)
    return weighed(['pull-secret-malformed']);
  const open = refusals(view);
  if (open.length > 0) return refused(view, finding, open, entries);
  const expired = entries.length > 0 && entries.every(({ entry, secret }) => expiryOf(entry, secret, view.evidence.collectedAt) !== null);
  if (expired) return weighed(['auth-expired', 'auth-rejected']);
  // That there is another one now is no proof that it is good.
  if (isUnused) return { ...sentThen(view, finding), retry: 'wait' };
  return finding.code === 'auth-required' ? weighed(['auth-rejected', 'auth-forbidden']) : finding;
}

/**
 * What the registry denied before the Secret was as it is now: what that held, unless the kubelet missed it, or the runtime had none to
 * send.
 */
function sentThen(view: ImageView, finding: Finding): Finding {
  if (finding.code !== 'auth-required') return { ...finding, confidence: 'likely' };
  const { events } = view.evidence;
  if (view.reading?.error.credentialSent === false) return { ...finding, confidence: 'likely', alternatives: [] };
  const wasThere = events.outcome === 'done' && !isMissed(events.facts.events);
  const [code, other] = wasThere ? (['auth-rejected', 'auth-required'] as const) : (['auth-required', 'auth-rejected'] as const);
  return { code, confidence: 'likely', alternatives: [alternative(other)] };
}

function isMissed(events: readonly PodEvent[]): boolean {
  return events.some(({ reason }) => reason === 'FailedToRetrieveImagePullSecret');
}

interface TriedEntry {
  readonly secret: SecretFacts;
  readonly entry: CredentialEntry;
}

/**
 * What the answers to the kubelet's credentials leave open: empty where one of them says nothing. Of several, the one that got furthest
 * counts.
 */
function refusals(view: ImageView): readonly CauseCode[] {
  const readings = refusalsOf(view).map(({ codes }) => codes);
  return readings.some((codes) => codes.length === 0) ? [] : [...new Set(readings.flat())];
}

/** The registry refuses them here as it does at the node; that they are expired may be known besides. */
function refused(view: ImageView, finding: Finding, open: readonly CauseCode[], entries: readonly TriedEntry[]): Finding {
  const [code, ...others] = open;
  if (code !== 'auth-rejected') return weighed(open);
  const expiries = entries.map(({ entry, secret }) => expiryOf(entry, secret, view.evidence.collectedAt));
  // What was said of a credential before its Secret was changed says nothing of the one that is refused now.
  const saidSo =
    (finding.code === 'auth-expired' && unusedSecret(view) === null) ||
    (expiries.length > 0 && expiries.every((expiry) => expiry === 'said'));
  if (saidSo) return weighed(['auth-expired', ...others]);
  const aged = expiries.length > 0 && expiries.every((expiry) => expiry !== null);
  return weighed(aged ? ['auth-expired', ...open] : open);
}

function triedEntries(view: ImageView): readonly TriedEntry[] {
  return (view.credentials?.tries ?? []).flatMap((tried) => {
    const secret = view.secrets.find((secret) => secret.name === tried.secret);
    const entry = secret?.entries.find((entry) => entry.key === tried.key);
    return secret && entry ? [{ secret, entry }] : [];
  });
}
