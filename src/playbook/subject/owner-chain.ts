import type { Cluster } from '../../cluster/cluster.ts';
import { turns } from '../../values/turns.ts';
import type { RawMeta, RawOwnerReference, RawPod } from '../kubernetes.ts';
import { type ApiResource, groupPath } from './discovery.ts';
import { groupOf } from './owner.ts';
import { namespaced } from './workload.ts';

/** Levels between a pod and its topmost owner (Knative has five), and objects that are read to get there. */
const deepest = 8;
const mostReads = 300;
const atATime = 10;

const metadataOnly = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json';

/** Core types that own pods; the others are known from discovery. */
const core: Readonly<Record<string, string>> = { Pod: 'pods', ReplicationController: 'replicationcontrollers' };

export interface OwnedPod {
  readonly pod: RawPod;
  /** What controls it directly; null: the object itself, or it was not read. */
  readonly direct: RawMeta | null;
}

/**
 * The pods that this object owns, itself or through others, and how many of the objects between could not be read. Each is read once; the
 * first pods are looked at first.
 */
export async function podsOwnedBy(
  cluster: Cluster,
  namespace: string,
  uid: string,
  pods: readonly RawPod[],
  resources: readonly ApiResource[],
): Promise<{ readonly owned: readonly OwnedPod[]; readonly unread: number }> {
  const known = new Map<string, Promise<RawMeta | null>>();
  const turn = turns(atATime);
  let unread = 0;

  function metaOf(reference: RawOwnerReference): Promise<RawMeta | null> {
    const reading = known.get(reference.uid) ?? (known.size < mostReads ? read(reference) : Promise.resolve(null));
    known.set(reference.uid, reading);
    return reading;
  }
  function read(reference: RawOwnerReference): Promise<RawMeta | null> {
    const path = pathOf(reference, namespace, resources);
    if (path === null) return Promise.resolve(null);
    return turn(async () => {
      try {
        return (await cluster.get<{ metadata: RawMeta }>(path, {}, { accept: metadataOnly })).metadata;
      } catch {
        unread++;
        return null;
      }
    });
  }
  async function leadsToIt({ ownerReferences = [] }: RawMeta, levels: number): Promise<boolean> {
    if (ownerReferences.some((reference) => reference.uid === uid)) return true;
    if (levels === 0) return false;
    for (const reference of ownerReferences) {
      const meta = await metaOf(reference);
      if (meta && (await leadsToIt(meta, levels - 1))) return true;
    }
    return false;
  }
  const found = await Promise.all(
    pods.map(async (pod): Promise<OwnedPod | null> => {
      if (!(await leadsToIt(pod.metadata, deepest))) return null;
      const direct = pod.metadata.ownerReferences?.find((reference) => reference.controller);
      return { pod, direct: direct === undefined || direct.uid === uid ? null : await metaOf(direct) };
    }),
  );
  return { owned: found.filter((item) => item !== null), unread };
}

/** null: no type that is known. */
function pathOf({ apiVersion, kind, name }: RawOwnerReference, namespace: string, resources: readonly ApiResource[]): string | null {
  const group = groupOf(apiVersion);
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  if (group === '') return core[kind] === undefined ? null : namespaced('/api/v1', namespace, core[kind], name);
  const resource = resources.find((other) => other.group === group && other.version === version && other.kind === kind);
  return resource ? objectPath(resource, namespace, name) : null;
}

/** Where an object of a discovered type is, or with an empty name, all of them. */
export function objectPath({ group, version, plural, namespaced: inNamespace }: ApiResource, namespace: string, name: string): string {
  const root = groupPath(group, version);
  if (inNamespace) return namespaced(root, namespace, plural, name === '' ? undefined : name);
  return name === '' ? `${root}/${plural}` : `${root}/${plural}/${encodeURIComponent(name)}`;
}
