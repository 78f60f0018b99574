import type { CauseCode } from '../../values/cause-code.ts';
import type { Attempt } from '../../values/evidence.ts';
import type { RegistryKind } from './profile.ts';

/** What a kind of registry means by its refusals. A list holds the causes that one answer leaves open there, the likeliest first. */
export interface RegistryHabits {
  /** 401 of the token server or registry, to a credential of which nothing else is known. */
  readonly unauthorized: readonly CauseCode[];
  /** 403 of the token server, to a credential. */
  readonly tokenForbidden: readonly CauseCode[];
  /** 401 or an empty scope, to a credential whose login was accepted. */
  readonly withoutScope: readonly CauseCode[];
  /** 403 of the registry, to a credential. */
  readonly forbidden: readonly CauseCode[];
  /** A repository that is missing and one that is forbidden get the same answer. */
  readonly hidesExistence: boolean;
  /** A 404 may be its own failure to get the image from upstream: it is, or can be made, a cache (docs/causes/proxy-cache-upstream.md). */
  readonly mayHideUpstream: boolean;
}

/**
 * Of software that is not recognised: 403 is a matter of rights, and who may log in without getting a scope may lack them, or the name is
 * wrong.
 */
const plain: RegistryHabits = {
  unauthorized: ['auth-rejected'],
  tokenForbidden: ['auth-rejected', 'auth-forbidden'],
  withoutScope: ['not-found-or-denied', 'auth-forbidden', 'repository-not-found'],
  forbidden: ['auth-forbidden'],
  hidesExistence: false,
  mayHideUpstream: true,
};

/**
 * Services of which no repository can be a cache. Of Amazon ECR, Azure's, Google's and Quay's any can: their prefixes and paths are the
 * users' own.
 */
const neverCaches: ReadonlySet<RegistryKind> = new Set<RegistryKind>([
  'docker-hub',
  'ecr-public',
  'mcr',
  'ghcr',
  'gitlab',
  'registry-k8s-io',
  'red-hat',
  'nvcr',
  'docr',
  'ocir',
  'icr',
]);

const rightsOrName: readonly CauseCode[] = ['auth-forbidden', 'repository-not-found'];

/** Where they differ from the plain ones: vendors' documentation and public reports of their answers. */
const special: Partial<Record<RegistryKind, Partial<RegistryHabits>>> = {
  'docker-hub': { hidesExistence: true },
  'ecr-public': { tokenForbidden: ['auth-expired', 'auth-rejected'], forbidden: ['auth-expired', 'auth-forbidden'] },
  // "Permission ... denied on resource ... (or it may not exist)"
  'artifact-registry': { forbidden: rightsOrName, tokenForbidden: rightsOrName, hidesExistence: true },
  // 401 also to an identity without AcrPull
  acr: { withoutScope: rightsOrName },
  // a stale token is `denied` as well
  ghcr: {
    tokenForbidden: ['auth-rejected', 'auth-forbidden', 'repository-not-found'],
    forbidden: ['auth-forbidden', 'auth-rejected', 'repository-not-found'],
    hidesExistence: true,
  },
  quay: { hidesExistence: true },
  gitlab: { tokenForbidden: ['auth-forbidden', 'auth-rejected', 'repository-not-found'], forbidden: rightsOrName, hidesExistence: true },
  harbor: { hidesExistence: true },
  // "The client does not have permission for manifest", with 401 as with 403
  artifactory: { unauthorized: ['auth-rejected', 'auth-forbidden'] },
  nvcr: { tokenForbidden: ['auth-rejected', 'auth-forbidden'], forbidden: rightsOrName, hidesExistence: true },
  ocir: { forbidden: rightsOrName, hidesExistence: true },
};

export function registryHabits(kind: RegistryKind): RegistryHabits {
  return { ...plain, mayHideUpstream: !neverCaches.has(kind), ...special[kind] };
}

/** By the token server that it names, software that runs under any host name. */
const realms: readonly (readonly [pattern: RegExp, kind: RegistryKind])[] = [
  [/\/service\/token$/, 'harbor'],
  [/\/artifactory\/api\/docker\//, 'artifactory'],
  [/\/jwt\/auth$/, 'gitlab'],
  [/\/v2\/auth$/, 'quay'],
];

/** What the challenges among the registry's answers betray of its software; null: nothing. */
export function kindByAnswers(attempts: readonly Attempt[]): RegistryKind | null {
  const named = attempts.flatMap(({ exchanges }) => exchanges.flatMap(({ challenge }) => challenge?.realm?.split('?', 1)[0] ?? []));
  return realms.find(([pattern]) => named.some((realm) => pattern.test(realm)))?.[1] ?? null;
}
