import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import { turns } from '../../values/turns.ts';

/** A type of object that the API server serves. */
export interface ApiResource {
  /** Empty: the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
}

/** All groups in one answer (from Kubernetes 1.26 on); older servers say which groups they have, and are asked for each. */
const aggregated =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

/** Groups of an older server that are asked at a time. */
const groupsAtATime = 10;

interface RawDiscovery {
  readonly items?: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions?: readonly { readonly version: string; readonly resources?: readonly RawDiscovered[] | null }[];
  }[];
  readonly groups?: readonly RawGroup[];
}

interface RawDiscovered {
  readonly resource: string;
  readonly responseKind?: { readonly kind?: string };
  readonly scope?: string;
  readonly singularResource?: string;
  readonly shortNames?: readonly string[];
}

interface RawGroup {
  readonly name: string;
  readonly versions: readonly { readonly version: string }[];
  readonly preferredVersion?: { readonly version: string };
}

interface RawResources {
  readonly resources?: readonly {
    readonly name: string;
    readonly singularName?: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly shortNames?: readonly string[];
  }[];
}

/**
 * The types that the server has outside the core group, in its own order: preferred groups and versions first (apidiscovery.k8s.io/v2).
 * @throws ApiError, ConnectionError
 */
export async function readResources(cluster: Cluster): Promise<readonly ApiResource[]> {
  const found = await cluster.get<RawDiscovery>('/apis', {}, { accept: aggregated });
  if (found.items === undefined) return ofGroups(cluster, found.groups ?? []);
  return found.items.flatMap(({ metadata, versions }) =>
    (versions ?? []).flatMap(({ version, resources }) =>
      (resources ?? []).map((resource) => ({
        group: metadata?.name ?? '',
        version,
        plural: resource.resource,
        singular: resource.singularResource || (resource.responseKind?.kind ?? '').toLowerCase(),
        kind: resource.responseKind?.kind ?? '',
        shortNames: resource.shortNames ?? [],
        namespaced: resource.scope !== 'Cluster',
      })),
    ),
  );
}

/** The types of the core group. @throws ApiError, ConnectionError */
export function readCoreResources(cluster: Cluster): Promise<readonly ApiResource[]> {
  return ofVersion(cluster, '', 'v1');
}

/** A group whose own server is down does not hide the others. */
async function ofGroups(cluster: Cluster, groups: readonly RawGroup[]): Promise<readonly ApiResource[]> {
  const turn = turns(groupsAtATime);
  const versions = groups.flatMap(({ name, versions, preferredVersion }) => {
    const preferred = versions.filter(({ version }) => version === preferredVersion?.version);
    const others = versions.filter(({ version }) => version !== preferredVersion?.version);
    return [...preferred, ...others].map(({ version }) => ({ name, version }));
  });
  const lists = versions.map(({ name, version }) =>
    turn(() =>
      ofVersion(cluster, name, version).catch((error) => {
        if (error instanceof ApiError) return [];
        throw error;
      }),
    ),
  );
  return (await Promise.all(lists)).flat();
}

async function ofVersion(cluster: Cluster, group: string, version: string): Promise<readonly ApiResource[]> {
  const { resources = [] } = await cluster.get<RawResources>(groupPath(group, version));
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, singularName, kind, namespaced, shortNames = [] }) => ({
      group,
      version,
      plural: name,
      singular: singularName || kind.toLowerCase(),
      kind,
      shortNames,
      namespaced,
    }));
}

/** `/api/v1`, `/apis/argoproj.io/v1alpha1` */
export function groupPath(group: string, version: string): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

/** As kubectl takes and shows it: `rollout.argoproj.io`. */
export function typeName({ singular, group }: ApiResource): string {
  return group === '' ? singular : `${singular}.${group}`;
}

/**
 * The type that was meant: a plural, singular, kind or short name, alone or with its group (also the beginning of one) or version and group
 * behind dots, in any case. Where several groups have it, the server's order decides, as with kubectl (cli-runtime, restmapper).
 */
export function resolveResource(typed: string, resources: readonly ApiResource[]): ApiResource | null {
  const [name = '', ...words] = typed.toLowerCase().replace(/\.$/, '').split('.');
  const named = resources.filter((resource) => isNamed(resource, name));
  const [version, ...rest] = words;
  const whole = words.join('.');
  return (
    (words.length === 0 ? named[0] : undefined) ??
    named.find((resource) => resource.version === version && resource.group === rest.join('.')) ??
    named.find(({ group }) => group === whole) ??
    named.find(({ group }) => whole !== '' && group.startsWith(whole)) ??
    null
  );
}

function isNamed({ plural, singular, kind, shortNames }: ApiResource, name: string): boolean {
  return plural === name || singular === name || kind.toLowerCase() === name || shortNames.includes(name);
}
