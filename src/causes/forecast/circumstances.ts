import type { CheckEvidence } from '../../values/check.ts';
import { factsOf } from '../../values/facts-of.ts';
import type { Forecast } from '../../values/forecast.ts';
import { unwritten } from '../../values/unwritten-image.ts';
import { registryProfile } from '../registries/registry-of.ts';

/**
 * What is forecast of an image, with what has to be there before any pull: an image at all, a namespace, a service account, a node; and
 * with what nodes may bring themselves. Pure.
 */
export function withCircumstances(check: CheckEvidence, forecast: Forecast): Forecast {
  if (unwritten(forecast.verdict.image) !== null) return withoutImage(check, forecast);
  if (forecast.result === 'ok') return mayBeMade(check) ? forecast : unknown(forecast);
  if (lacksNamespaceAlone(check, forecast)) return unknown(forecast);
  const cloud = forecast.result === 'problem' ? nodeIdentity(check, forecast) : null;
  return cloud === null ? forecast : { ...unknown(forecast), nodeIdentity: cloud };
}

/** The API server refuses a pod without image, in the kinds that it knows; who made another kind may fill it in. */
function withoutImage({ usedBy }: CheckEvidence, { verdict, ...rest }: Forecast): Forecast {
  const left = verdict.image === '' && usedBy.some(({ apiVersion }) => isCustom(apiVersion));
  if (left) return unknown({ ...rest, verdict });
  const named = { ...verdict, code: 'invalid-image-name', confidence: 'certain', reference: null, alternatives: [] } as const;
  return { ...rest, result: 'problem', verdict: named };
}

/** The groups of Kubernetes' own workloads have no dot in their names. */
function isCustom(apiVersion: string): boolean {
  return apiVersion.split('/', 1)[0]?.includes('.') ?? false;
}

function unknown({ verdict, ...rest }: Forecast): Forecast {
  return {
    ...rest,
    result: 'unknown',
    verdict: { ...verdict, code: 'unknown', confidence: 'possible', alternatives: [] },
  };
}

/** Whether a pod could be made and find a node, as far as that was looked at. */
function mayBeMade({ evidence: { spec }, placement, namespaceState }: CheckEvidence): boolean {
  if (namespaceState === 'missing' || placement?.fitting === 0) return false;
  const account = factsOf(spec)?.serviceAccount ?? null;
  return account === null || !('obstacle' in account) || account.obstacle.kind !== 'not-found';
}

/** What pull secrets there will be is not known where their namespace is still to be made, but for those among the manifests. */
function lacksNamespaceAlone({ namespaceState, evidence: { secrets } }: CheckEvidence, { verdict }: Forecast): boolean {
  const hasOwn = factsOf(secrets)?.secrets.some(({ state }) => state === 'usable' || state === 'faulty') ?? false;
  return namespaceState === 'missing' && !hasOwn && ofCredentials.test(verdict.code);
}

const ofCredentials = /^(?:auth-|pull-secret-|not-found-or-denied$)/;

const denied: ReadonlySet<string> = new Set(['auth-required', 'auth-forbidden', 'not-found-or-denied']);

/** Where no credential of the pod is sent, and the registry is one that nodes of its cloud log in to by themselves. */
function nodeIdentity({ evidence: { secrets } }: CheckEvidence, { verdict }: Forecast): string | null {
  const { images = [], secrets: named = [] } = factsOf(secrets) ?? {};
  const hasOwn = named.length > 0 || images.some(({ tries }) => tries.length > 0);
  if (hasOwn || !denied.has(verdict.code)) return null;
  return registryProfile(verdict.reference).nodeAccess?.cloud ?? null;
}
