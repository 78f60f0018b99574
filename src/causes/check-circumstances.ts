import type { CheckEvidence } from '../values/check.ts';
import { unwritten } from '../values/unwritten-image.ts';
import type { Foreseen } from './forecast.ts';
import { registryProfile } from './registries/registry-of.ts';

export interface Weighed extends Foreseen {
  /** For people: the cloud whose nodes may open this registry by an identity of their own. null: that is not what the result hangs on. */
  readonly nodeIdentity: string | null;
}

/**
 * What is foreseen of an image, with what has to be there before any pull: an image at all, a namespace, a service account, a node; and with what nodes may bring
 * themselves. Pure.
 */
export function withCircumstances(check: CheckEvidence, foreseen: Foreseen): Weighed {
  const weighed = { ...foreseen, nodeIdentity: null };
  if (unwritten(foreseen.verdict.image) !== null) return withoutImage(check, weighed);
  if (foreseen.result === 'ok') return mayBeMade(check) ? weighed : unknown(weighed);
  if (lacksNamespaceAlone(check, foreseen)) return unknown(weighed);
  const cloud = foreseen.result === 'problem' ? nodeIdentity(check, foreseen) : null;
  return cloud === null ? weighed : { ...unknown(weighed), nodeIdentity: cloud };
}

/** The API server refuses a pod without image, in the kinds that it knows; who made another kind may fill it in. */
function withoutImage({ usedBy }: CheckEvidence, { verdict, ...rest }: Weighed): Weighed {
  const left = verdict.image === '' && usedBy.some(({ apiVersion }) => isCustom(apiVersion));
  if (left) return unknown({ ...rest, verdict });
  const named = { ...verdict, code: 'invalid-image-name', confidence: 'certain', reference: null, alternatives: [] } as const;
  return { ...rest, result: 'problem', finding: { code: 'invalid-image-name', confidence: 'certain', alternatives: [] }, verdict: named };
}

/** The groups of Kubernetes' own workloads have no dot in their names. */
function isCustom(apiVersion: string): boolean {
  return apiVersion.split('/', 1)[0]?.includes('.') ?? false;
}

function unknown({ verdict, ...rest }: Weighed): Weighed {
  return {
    ...rest,
    result: 'unknown',
    finding: null,
    verdict: { ...verdict, code: 'unknown', confidence: 'possible', alternatives: [] },
  };
}

/** Whether a pod could be made and find a node, as far as that was looked at. */
function mayBeMade({ evidence: { spec }, placement, namespaceState }: CheckEvidence): boolean {
  if (namespaceState === 'missing' || placement?.fitting === 0) return false;
  const account = spec.outcome === 'done' ? spec.facts.serviceAccount : null;
  return account === null || !('obstacle' in account) || account.obstacle.kind !== 'not-found';
}

/** What pull secrets there will be is not known where their namespace is still to be made, but for those among the manifests. */
function lacksNamespaceAlone({ namespaceState, evidence: { secrets } }: CheckEvidence, { verdict }: Foreseen): boolean {
  const hasOwn = secrets.outcome === 'done' && secrets.facts.secrets.some(({ state }) => state === 'usable' || state === 'faulty');
  return namespaceState === 'missing' && !hasOwn && ofCredentials.test(verdict.code);
}

const ofCredentials = /^(?:auth-|pull-secret-|not-found-or-denied$)/;

const denied: ReadonlySet<string> = new Set(['auth-required', 'auth-forbidden', 'not-found-or-denied']);

/** Where no credential of the pod is sent, and the registry is one that nodes of its cloud log in to by themselves. */
function nodeIdentity({ evidence: { secrets } }: CheckEvidence, { verdict }: Foreseen): string | null {
  const tries = secrets.outcome === 'done' ? secrets.facts.images.flatMap(({ tries }) => tries) : [];
  const hasOwn = tries.length > 0 || (secrets.outcome === 'done' && secrets.facts.secrets.length > 0);
  if (hasOwn || !denied.has(verdict.code)) return null;
  return registryProfile(verdict.reference).nodeAccess?.cloud ?? null;
}
