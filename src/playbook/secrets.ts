import type { Cluster } from '../cluster/cluster.ts';
import { toObstacle } from '../cluster/errors.ts';
import { credentialEntry } from '../image/credential-facts.ts';
import { readPullSecret } from '../image/docker-config.ts';
import { type Credential, credentialName, matchingCredentials, nearestKey, type PullSecret } from '../image/keyring.ts';
import { repositoryName } from '../image/reference.ts';
import type { ImageCredentials, ImageSpec, Reference, SecretFacts, SecretsFacts, Step } from '../values/evidence.ts';
import { usesPullSecrets } from '../values/pull-secret-use.ts';
import type { RawList } from './kubernetes.ts';
import { runStep } from './step.ts';
import { nearNames } from './subject/near-names.ts';

interface RawSecret {
  readonly metadata?: {
    readonly creationTimestamp?: string;
    readonly managedFields?: readonly { readonly time?: string }[];
  };
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** The logins for each image, in the kubelet's order, by `imageKey`. They hold passwords and stay out of the evidence. */
export type ImageLogins = ReadonlyMap<string, readonly Credential[]>;

interface ReadSecret {
  readonly facts: SecretFacts;
  /** null: the kubelet can use nothing of it. */
  readonly usable: PullSecret | null;
}

/** Names an image of a pod: two kinds of container may share a name with a volume. */
export function imageKey({ kind, container }: { readonly kind: string; readonly container: string }): string {
  return `${kind}/${container}`;
}

/**
 * Reads the pull secrets of a pod, all at once, and says which of their entries the kubelet would try for each image.
 * @param pendingImages may still be under way: the secrets are read meanwhile
 */
export async function collectSecrets(
  cluster: Cluster,
  namespace: string,
  pullSecrets: readonly string[],
  pendingImages: readonly ImageSpec[] | Promise<readonly ImageSpec[]>,
): Promise<{
  readonly step: Step<SecretsFacts>;
  readonly credentials: ImageLogins;
  /** The logins that the kubelet would try for another image. */
  readonly loginsFor: (reference: Reference) => readonly Credential[];
}> {
  const credentials = new Map<string, readonly Credential[]>();
  let usable: readonly PullSecret[] = [];
  const step = await runStep(`get secrets in namespace ${namespace}`, async () => {
    const names = [...new Set(pullSecrets)];
    const secrets = await Promise.all(names.map((name) => readSecret(cluster, namespace, name)));
    const images = await pendingImages;
    usable = secrets.flatMap((secret) => secret.usable ?? []);
    for (const image of images) credentials.set(imageKey(image), loginsOf(image, usable));
    const fits = (secret: PullSecret) => images.some((image) => loginsOf(image, [secret]).length > 0);
    const known = await Promise.all(secrets.map(({ facts }) => withNear(cluster, namespace, facts, fits)));
    return { secrets: known, images: images.map((image) => credentialsOf(image, credentials, usable)) };
  });
  return { step, credentials, loginsFor: (reference) => matchingCredentials(usable, repositoryName(reference)) };
}

function loginsOf({ kind, reference }: ImageSpec, secrets: readonly PullSecret[]): readonly Credential[] {
  return reference && usesPullSecrets(kind) ? matchingCredentials(secrets, repositoryName(reference)) : [];
}

function credentialsOf(image: ImageSpec, credentials: ImageLogins, secrets: readonly PullSecret[]): ImageCredentials {
  const tries = credentials.get(imageKey(image)) ?? [];
  const lacking = tries.length === 0 && image.reference !== null && usesPullSecrets(image.kind);
  return {
    container: image.container,
    kind: image.kind,
    tries: tries.map(credentialName),
    nearest: lacking && image.reference ? nearestKey(withoutUsed(secrets, credentials), image.reference.registry) : null,
  };
}

/** An entry that serves another image of the pod is not a misspelt one for this. */
function withoutUsed(secrets: readonly PullSecret[], credentials: ImageLogins): readonly PullSecret[] {
  const used = [...credentials.values()].flat();
  return secrets.map(({ name, entries }) => ({
    name,
    entries: entries.filter(({ key }) => !used.some((login) => login.secret === name && login.key === key)),
  }));
}

async function readSecret(cluster: Cluster, namespace: string, name: string): Promise<ReadSecret> {
  const absent = { name, type: null, fault: null, createdAt: null, changedAt: null, entries: [] };
  try {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`;
    return readFrom(name, await cluster.get<RawSecret>(path));
  } catch (error) {
    const obstacle = toObstacle(error, `get secrets in namespace ${namespace}`);
    return { facts: { ...absent, state: obstacle.kind === 'not-found' ? 'missing' : 'unreadable', obstacle }, usable: null };
  }
}

/** Of one that is missing, those that may have been meant: its name is then misspelt. */
async function withNear(
  cluster: Cluster,
  namespace: string,
  facts: SecretFacts,
  fits: (secret: PullSecret) => boolean,
): Promise<SecretFacts> {
  if (facts.state !== 'missing') return facts;
  const names = nearNames(facts.name, await pullSecretNames(cluster, namespace), 2);
  const near = await Promise.all(names.map((name) => readSecret(cluster, namespace, name)));
  return { ...facts, near: near.map(({ facts: { name }, usable }) => ({ name, fits: usable !== null && fits(usable) })) };
}

/** Their names alone are asked for. Empty where they may not be listed. */
async function pullSecretNames(cluster: Cluster, namespace: string): Promise<readonly string[]> {
  try {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`;
    const query = { fieldSelector: 'type=kubernetes.io/dockerconfigjson', limit: 500 };
    const accept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
    const { items } = await cluster.get<RawList<{ readonly metadata: { readonly name: string } }>>(path, query, { accept });
    return (items ?? []).map(({ metadata }) => metadata.name);
  } catch {
    return [];
  }
}

function readFrom(name: string, secret: RawSecret): ReadSecret {
  const type = secret.type ?? 'Opaque';
  const config = readPullSecret(type, secret.data ?? {});
  const entries = 'entries' in config ? config.entries : [];
  const facts: SecretFacts = {
    name,
    state: 'entries' in config ? 'usable' : 'faulty',
    obstacle: null,
    type,
    fault: 'fault' in config ? config.fault : null,
    createdAt: secret.metadata?.creationTimestamp ?? null,
    changedAt: lastChange(secret),
    entries: entries.map(credentialEntry),
  };
  return { facts, usable: 'entries' in config ? { name, entries } : null };
}

/** The latest time in the managed fields; null where the API server keeps none. */
function lastChange(secret: RawSecret): string | null {
  const times = (secret.metadata?.managedFields ?? []).flatMap(({ time }) => time ?? []);
  return times.sort().at(-1) ?? null;
}
