import type { CredentialName } from '../values/evidence.ts';
import type { DockerEntry } from './docker-config.ts';
import { editDistance } from './edit-distance.ts';
import { keyMatches, normalizeKey, parseSchemeless, shownKey } from './registry-key.ts';

/** A login as the kubelet would hand it to the runtime. The password is why this never enters the evidence: `credentialName` does. */
export interface Credential extends CredentialName {
  readonly password: string;
  /** The kubelet fails to hand it over, so that no registry ever sees it. */
  readonly isUtf8?: false;
}

/** The decoded entries of one usable Secret, in the order of its text. */
export interface PullSecret {
  readonly name: string;
  readonly entries: readonly DockerEntry[];
}

export interface NearestKey {
  readonly secret: string;
  readonly key: string;
  /** The key that would match this image and nothing of other registries. */
  readonly shouldBe: string;
}

const defaultRegistryKey = 'index.docker.io';

/**
 * The logins that the kubelet would try for an image, in its order: keys of all Secrets sorted downwards as strings, for one key in the
 * order of the Secrets (Kubernetes pkg/credentialprovider/keyring.go, `Lookup`). Empty: it pulls anonymously, or with the node's own
 * credentials.
 * @param repository the normalised name without tag: `docker.io/library/nginx`
 */
export function matchingCredentials(secrets: readonly PullSecret[], repository: string): readonly Credential[] {
  const image = parseSchemeless(repository);
  const entries = indexedEntries(secrets);
  const matching = image ? entries.filter(({ key }) => keyMatches(key, image)) : [];
  if (matching.length > 0) return matching.map(({ credential }) => credential);
  const onDefault = isDefaultRegistry(repository) ? entries.filter(({ key }) => key.text === defaultRegistryKey) : [];
  return onDefault.map(({ credential }) => credential);
}

function indexedEntries(secrets: readonly PullSecret[]) {
  const entries = secrets.flatMap(({ name, entries }) =>
    entries.flatMap(({ key, user, password, isUtf8 }) => {
      const normalized = normalizeKey(key);
      const credential = { secret: name, key: shownKey(key), user, password, ...(isUtf8 === false && { isUtf8 }) };
      return normalized ? [{ key: normalized, credential }] : [];
    }),
  );
  return entries.sort((a, b) => Buffer.compare(Buffer.from(b.key.text), Buffer.from(a.key.text)));
}

function isDefaultRegistry(repository: string): boolean {
  const [first = '', ...rest] = repository.split('/');
  if (first === '') return false;
  return rest.length === 0 || first === 'docker.io' || first === 'index.docker.io' || !/[.:]/.test(first);
}

/** Where no key matches: the one most like the image's registry, and what it should be. null: the Secrets hold no key at all. */
export function nearestKey(secrets: readonly PullSecret[], registry: string): NearestKey | null {
  const shouldBe = registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
  const candidates = secrets.flatMap(({ name, entries }) => entries.map(({ key }) => ({ secret: name, key: shownKey(key), shouldBe })));
  const ranked = candidates.map((candidate) => ({ candidate, distance: keyDistance(candidate.key, registry) }));
  return ranked.sort((a, b) => a.distance - b.distance)[0]?.candidate ?? null;
}

/** 0 for the same host in another spelling (scheme, case, port, path, one of Docker Hub's names), else edits between the hosts. */
function keyDistance(key: string, registry: string): number {
  const host = hostOf(key);
  const wanted = hostOf(registry);
  if (host === wanted || (isHubHost(host) && isHubHost(wanted))) return 0;
  return editDistance(host, wanted);
}

function hostOf(key: string): string {
  return (
    key
      .trim()
      .toLowerCase()
      .replace(/^[a-z]*:?\/\//, '')
      .split('/', 1)[0] ?? ''
  ).replace(/:\d*$/, '');
}

function isHubHost(host: string): boolean {
  return /^(?:[a-z0-9-]+\.)*docker\.(?:io|com)$/.test(host);
}

/** The credential without its password: fit for the evidence. */
export function credentialName(credential: Credential): CredentialName {
  return { secret: credential.secret, key: credential.key, user: credential.user };
}
