import type { Cluster } from '../../cluster/cluster.ts';
import type { RawEvent, RawList } from '../kubernetes.ts';
import { pages, type RawPage } from './pages.ts';
import { collectionPath, fields } from './scope.ts';

const pageSize = 500;
/** Where there are more, each pod's are asked for by themselves. */
const mostPages = 40;

/** Events about pods that no pull leaves behind. */
const others = ['Scheduled', 'FailedScheduling', 'Unhealthy', 'Killing', 'TaintManagerEviction', 'SuccessfulAttachVolume'];

/** The events that may be about pulls, by the uid of their pod. */
export type PodEvents = ReadonlyMap<string, readonly RawEvent[]>;

/**
 * One list for all pods: events are kept in no cache of the API server, which goes through all of a namespace for each pod that is asked
 * about.
 * @returns null where there are too many, or where they may not be listed
 */
export async function readPodEvents(cluster: Cluster, namespace: string | null): Promise<PodEvents | null> {
  const fieldSelector = fields('involvedObject.kind=Pod', ...others.map((reason) => `reason!=${reason}`));
  const byPod = new Map<string, RawEvent[]>();
  let read = 0;
  try {
    for await (const { items } of pages<RawList<RawEvent> & RawPage>(cluster, collectionPath(namespace, 'events'), {
      fieldSelector,
      limit: pageSize,
    })) {
      if (++read > mostPages) return null;
      for (const event of items ?? []) {
        const uid = event.involvedObject?.uid ?? '';
        const known = byPod.get(uid);
        if (known) known.push(slim(event));
        else byPod.set(uid, [slim(event)]);
      }
    }
  } catch {
    return null;
  }
  return byPod;
}

/** Without its managed fields, a third of it. */
function slim(event: RawEvent): RawEvent {
  const { name, uid, namespace, creationTimestamp, resourceVersion } = event.metadata;
  const metadata = {
    name,
    uid,
    ...(namespace && { namespace }),
    ...(creationTimestamp && { creationTimestamp }),
    ...(resourceVersion && { resourceVersion }),
  };
  return { ...event, metadata };
}
