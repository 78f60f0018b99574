import type { Cluster } from '../../cluster/cluster.ts';
import type { RawList, RawPod } from '../kubernetes.ts';
import { isFailing, readContainers } from '../pod/containers.ts';
import { isProbePod } from '../probe/pod.ts';
import { type Table, tableType } from '../table.ts';
import { pages, type RawPage } from './pages.ts';
import { type Suspect, suspects } from './pod-table.ts';
import { collectionPath, fields, type Scope } from './scope.ts';
import { isCrashing, wrongPlatforms } from './wrong-platform.ts';

/** How far the first pass has come. */
export interface Progress {
  readonly seen: number;
  /** null: the API does not say (it counts no list with a selector). */
  readonly of: number | null;
  readonly failing: number;
}

export interface FoundPods {
  /** A pull fails, or may fail silently. */
  readonly failing: readonly RawPod[];
  /** The pull succeeded, and the node cannot run what was pulled. */
  readonly wrongPlatform: readonly RawPod[];
}

type Page = RawList<RawPod> & RawPage;

const pageSize = 500;

/** Crashing pods that are read in full, to find those that crash for their platform. */
const mostCrashing = 500;

/** A pod that was made a moment ago may well be pulling still. */
const youngMilliseconds = 60_000;

/**
 * The pods of which a pull fails, or may fail silently, or was for another platform, each in full and once. What that costs was measured on
 * 10,000 pods of 8 KB: the whole list as JSON takes 80 MB and 5 s, the Table that kubectl asks for 4 s, a Table without its objects 1 s. So
 * pods that run are read as bare rows, and only the suspicious ones among them in full; pods that are pending, where most failures are, in
 * full at once; pods that ended, not at all.
 * @throws ApiError, ConnectionError
 */
export async function findPods(cluster: Cluster, scope: Scope, now: Date, show: (progress: Progress) => void): Promise<FoundPods> {
  const { keep, failing, found, crashing } = sorting(now);
  let [seen, of] = [0, null as number | null];
  const count = (pods: number) => {
    seen += pods;
    show({ seen, of, failing: failing() });
  };
  const path = collectionPath(scope.namespace, 'pods');
  const query = { labelSelector: scope.selector, limit: pageSize };
  const onNode = scope.node === undefined ? undefined : `spec.nodeName=${scope.node}`;

  async function total(): Promise<void> {
    if (scope.selector !== undefined || onNode !== undefined) return;
    const page = await cluster.get<Table & RawPage>(path, { limit: 1, includeObject: 'None' }, { accept: tableType });
    of = 1 + (page.metadata?.remainingItemCount ?? 0);
  }
  async function pending(): Promise<void> {
    for await (const page of pages<Page>(cluster, path, { ...query, fieldSelector: fields('status.phase=Pending', onNode) })) {
      keep(page.items ?? []);
      count(page.items?.length ?? 0);
    }
  }
  async function running(): Promise<void> {
    const begun = fields('status.phase!=Pending', 'status.phase!=Succeeded', 'status.phase!=Failed', onNode);
    const suspicious: Suspect[] = [];
    for await (const page of pages<Table & Page>(cluster, path, { ...query, fieldSelector: begun, includeObject: 'None' }, tableType)) {
      keep(page.items ?? []);
      suspicious.push(...suspects(page));
      count(page.rows?.length ?? page.items?.length ?? 0);
    }
    const crashes = suspicious.filter((suspect) => suspect.crashes).slice(0, mostCrashing);
    const read = [...suspicious.filter((suspect) => !suspect.crashes), ...crashes];
    await Promise.all(read.map(async (suspect) => keep(await readSuspect(cluster, path, suspect))));
  }
  await Promise.all([total(), pending(), running()]);
  return { failing: found(), wrongPlatform: await wrongPlatforms(cluster, crashing()) };
}

/** Sorts pods as they are read, however often each: those that are wanted, and those that crash, which may be for their platform. */
function sorting(now: Date) {
  const found = new Map<string, RawPod>();
  const crashing = new Map<string, RawPod>();
  let failing = 0;
  return {
    keep(pods: readonly RawPod[]): void {
      for (const pod of pods) {
        if (!isWanted(pod, now)) {
          if (isAlive(pod) && crashing.size < mostCrashing && isCrashing(pod)) crashing.set(pod.metadata.uid, pod);
          continue;
        }
        if (!found.has(pod.metadata.uid) && isFailing(pod)) failing++;
        found.set(pod.metadata.uid, pod);
      }
    },
    /** How many of the wanted are known to fail. */
    failing: () => failing,
    found: () => [...found.values()],
    crashing: () => [...crashing.values()],
  };
}

/**
 * By name and node, for which the API server has an index, and from its cache: without that each of these reads would go through all pods.
 */
async function readSuspect(cluster: Cluster, path: string, { name, node }: Suspect): Promise<readonly RawPod[]> {
  const fieldSelector = fields(`metadata.name=${name}`, /^[\w.-]+$/.test(node) ? `spec.nodeName=${node}` : undefined);
  const { items } = await cluster.get<Page>(path, { fieldSelector, resourceVersion: 0 });
  return items ?? [];
}

/** A failing pull; or a pod that has been waiting for a while without a word in its status, for its events to decide. */
export function isWanted(pod: RawPod, now: Date): boolean {
  return isAlive(pod) && (isFailing(pod) || isSilent(pod, now));
}

/** It has not ended, is not on its way out, and is none of our own. */
export function isAlive(pod: RawPod): boolean {
  const phase = pod.status?.phase;
  return !pod.metadata.deletionTimestamp && phase !== 'Succeeded' && phase !== 'Failed' && !isProbePod(pod);
}

/** Whether the pod has a node, and a container of which its status says neither that its image is there nor that it is not. */
function isSilent(pod: RawPod, now: Date): boolean {
  if (!pod.spec.nodeName || pod.status?.phase !== 'Pending') return false;
  const age = now.getTime() - Date.parse(pod.metadata.creationTimestamp ?? '');
  return age > youngMilliseconds && readContainers(pod).some(({ pull, waiting }) => pull === 'unknown' && waiting !== null);
}
