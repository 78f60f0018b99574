import { type Cluster, ConnectionError } from '../../cluster/cluster.ts';
import type { Owner } from '../../values/evidence.ts';
import type { RawMeta, RawPod, RawWorkload } from '../kubernetes.ts';
import { list } from '../list.ts';
import { isFailing } from '../pod/containers.ts';
import { type ApiResource, groupPath, readCoreResources, readResources, resolveResource } from './discovery.ts';
import { ownerFrom } from './owner.ts';
import { objectPath, podsOwnedBy } from './owner-chain.ts';
import { namespaced, type RolloutPod, selectorText } from './workload.ts';

/** An object of a type that this program does not know of, and where it is served. */
export interface OtherWorkload {
  readonly resource: ApiResource;
  readonly object: RawWorkload;
  readonly owner: Owner;
  /** For the types of what it owns. */
  readonly resources: readonly ApiResource[];
}

export interface OtherPods {
  readonly pods: readonly RolloutPod[];
  /** Whether it owns these pods, rather than only selecting them. */
  readonly owned: boolean;
  /** Owners between the object and pods that could not be read: pods may be missing for that. */
  readonly unread: number;
}

/**
 * As on the command line, e.g. `rollout.argoproj.io`, resolved by what the server says that it has. null: it has no such type.
 * @throws ApiError, ConnectionError
 */
export async function findType(
  cluster: Cluster,
  typed: string,
): Promise<{ readonly resource: ApiResource; readonly resources: readonly ApiResource[] } | null> {
  const [core, others] = await Promise.all([coreResources(cluster), readResources(cluster)]);
  const resources = [...core, ...others];
  const resource = resolveResource(typed, resources);
  return resource && { resource, resources };
}

/** They only decide between types of one name. */
async function coreResources(cluster: Cluster): Promise<readonly ApiResource[]> {
  try {
    return await readCoreResources(cluster);
  } catch (error) {
    if (error instanceof ConnectionError) throw error;
    return [];
  }
}

/**
 * The object, or where it only scales another (HorizontalPodAutoscaler, KEDA's ScaledObject: spec.scaleTargetRef), that other.
 * @throws ApiError, ConnectionError
 */
export async function getOther(
  cluster: Cluster,
  namespace: string,
  { resource, resources }: Pick<OtherWorkload, 'resource' | 'resources'>,
  name: string,
): Promise<OtherWorkload> {
  const object = await cluster.get<RawWorkload>(objectPath(resource, namespace, name));
  const scaled = object.spec?.scaleTargetRef;
  if (scaled?.name) {
    // KEDA's default, where it names no kind.
    const { kind = 'Deployment', apiVersion = 'apps/v1' } = scaled;
    const target = resources.find((other) => other.kind === kind && groupPath(other.group, other.version).endsWith(`/${apiVersion}`));
    if (target && target !== resource) return { ...(await getOther(cluster, namespace, { resource: target, resources }, scaled.name)) };
  }
  const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
  return { resource, resources, object, owner: ownerFrom({ apiVersion, kind: resource.kind, name }) };
}

/**
 * Its pods: those that it owns, itself or through others, among those that its selector picks where it has one. What makes no pods itself
 * (a Service) has those that it picks. @throws ApiError, ConnectionError
 */
export async function podsOfOther(cluster: Cluster, namespace: string, { object, resources }: OtherWorkload): Promise<OtherPods> {
  const { spec, status } = object;
  const labelSelector = selectorOf(spec?.selector) ?? selectorOf(status?.selector) ?? selectorOf(status?.labelSelector);
  const { items } = await list<RawPod>(cluster, namespaced('/api/v1', namespace, 'pods'), { labelSelector });
  const failingFirst = [...items].sort((a, b) => Number(isFailing(b)) - Number(isFailing(a)));
  const { owned, unread } = await podsOwnedBy(cluster, namespace, object.metadata.uid, failingFirst, resources);
  if (owned.length > 0) return { pods: owned.map(({ pod, direct }) => ({ pod, rollout: newness(direct, pod) })), owned: true, unread };
  const makesPods = spec?.template !== undefined || spec?.replicas !== undefined || spec?.workloadRef !== undefined;
  const selected = labelSelector === undefined || makesPods ? [] : items;
  return { pods: selected.map((pod) => ({ pod, rollout: newness(null, pod) })), owned: false, unread };
}

/** As an object, a plain map, or the text that a scale has. */
function selectorOf(selector: string | Parameters<typeof selectorText>[0]): string | undefined {
  return typeof selector === 'string' ? selector || undefined : selectorText(selector);
}

/** The revision of what made the pod, else when that, or the pod, was made. */
function newness(direct: RawMeta | null, { metadata }: RawPod): number {
  const [, revision] = Object.entries(direct?.annotations ?? {}).find(([key]) => key.endsWith('/revision')) ?? [];
  return Number(revision) || Date.parse((direct ?? metadata).creationTimestamp ?? '') || 0;
}
