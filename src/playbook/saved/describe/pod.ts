import { present } from '../fields.ts';
import type { SavedObject } from '../slim.ts';
import { isPlausible } from '../times.ts';
import { describedContainers } from './containers.ts';
import { type EventRow, eventRows } from './events.ts';
import { rawEvents } from './raw-events.ts';
import { type Entry, entriesOf, entry, timeOf, written } from './sections.ts';

/** What `kubectl describe pod` says of one pod. */
export interface DescribedPod {
  readonly pod: SavedObject;
  readonly events: readonly SavedObject[];
}

/**
 * Reads what `kubectl describe pod` printed of one pod, by any kubectl from 1.20 on (kubectl pkg/describe/describe.go, describePod). It
 * shows no uid, no pull secret, no pull policy, and of what a container waits for no message; ages instead of times, which are counted from
 * when the pod started: by the age of the event that bound it to its node, or the oldest of its kubelet.
 * @param now the run's time: used where the text has no time at all, or one that is yet to come
 * @returns null where this is no pod
 */
export function describedPod(lines: readonly string[], now: Date): DescribedPod | null {
  const entries = entriesOf(lines);
  const name = written(entries, 'Name');
  const section = entry(entries, 'Containers');
  if (name === undefined || section === undefined || entry(entries, 'Node') === undefined) return null;
  const namespace = written(entries, 'Namespace') ?? 'default';
  const rows = eventRows(entry(entries, 'Events')?.below ?? []);
  const start = timeOf(entries, 'Start Time');
  const least = timeOfText(start, rows);
  const time = least !== null && isPlausible(least, now.getTime()) ? least : now.getTime();
  const pod = podOf(entries, { name, namespace, start, time });
  return { pod, events: rawEvents(rows, pod, time) };
}

/**
 * The kubelet takes a pod on when it was bound to its node, and speaks of it from then on; what the scheduler said before is older than the
 * start.
 */
function timeOfText(start: string | undefined, rows: readonly EventRow[]): number | null {
  if (start === undefined) return null;
  const since = rows.filter(({ reason, from }) => reason === 'Scheduled' || from === 'kubelet');
  return since.reduce((longest, { first }) => Math.max(longest, first), 0) + Date.parse(start);
}

interface Known {
  readonly name: string;
  readonly namespace: string;
  readonly start: string | undefined;
  readonly time: number;
}

function podOf(entries: readonly Entry[], { name, namespace, start, time }: Known): SavedObject {
  const init = describedContainers(entry(entries, 'Init Containers'));
  const own = describedContainers(entry(entries, 'Containers'));
  const ephemeral = describedContainers(entry(entries, 'Ephemeral Containers'));
  const phase = written(entries, 'Status') ?? 'Unknown';
  const isDeleted = phase.startsWith('Terminating');
  return {
    origin: 'describe',
    time: new Date(time).toISOString(),
    metadata: {
      name,
      namespace,
      uid: `${namespace}/${name}`,
      ...present({
        creationTimestamp: start,
        deletionTimestamp: isDeleted ? new Date(time).toISOString() : undefined,
        labels: pairs(entry(entries, 'Labels')),
        ownerReferences: owner(written(entries, 'Controlled By')),
      }),
    },
    spec: present({
      nodeName: written(entries, 'Node')?.split('/', 1)[0],
      serviceAccountName: written(entries, 'Service Account'),
      nodeSelector: pairs(entry(entries, 'Node-Selectors')),
      containers: own.map(({ spec }) => spec),
      initContainers: init.map(({ spec }) => spec),
      ephemeralContainers: ephemeral.map(({ spec }) => spec),
      volumes: imageVolumes(entry(entries, 'Volumes')),
    }),
    status: present({
      phase: isDeleted ? 'Running' : phase,
      reason: written(entries, 'Reason'),
      message: written(entries, 'Message'),
      conditions: conditions(entry(entries, 'Conditions')),
      containerStatuses: own.map(({ status }) => status),
      initContainerStatuses: init.map(({ status }) => status),
      ephemeralContainerStatuses: ephemeral.map(({ status }) => status),
    }),
  };
}

const groups: Readonly<Record<string, string>> = { ReplicaSet: 'apps/v1', StatefulSet: 'apps/v1', DaemonSet: 'apps/v1', Job: 'batch/v1' };

/** `ReplicaSet/web-7d4b8c6f9b`: the API group is not shown. */
function owner(written: string | undefined): readonly object[] | undefined {
  const [kind, name] = written?.split('/') ?? [];
  if (!kind || !name) return undefined;
  return [{ apiVersion: groups[kind] ?? '', kind, name, uid: '', controller: true }];
}

function pairs(section: Entry | undefined): Readonly<Record<string, string>> | undefined {
  const written = section === undefined ? [] : [section.value, ...section.below];
  const known = written.flatMap((line) => {
    const [, key, value] = /^\s*([^\s=]+)=(.*)$/.exec(line) ?? [];
    return key === undefined ? [] : [[key, (value ?? '').trim()] as const];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

function conditions(section: Entry | undefined): readonly object[] | undefined {
  const rows = (section?.below ?? []).flatMap((line) => {
    const [, type, status] = /^\s*(\S+)\s+(True|False|Unknown)\s*$/.exec(line) ?? [];
    return type === undefined ? [] : [{ type, status }];
  });
  return rows.length === 0 ? undefined : rows;
}

/** Volumes of type Image, which kubectl shows from 1.31 on. */
function imageVolumes(section: Entry | undefined): readonly object[] | undefined {
  const volumes = (section === undefined ? [] : entriesOf(section.below)).flatMap(({ key, below }) => {
    const entries = entriesOf(below);
    const reference = written(entries, 'Reference');
    if (reference === undefined || !/image/i.test(written(entries, 'Type') ?? '')) return [];
    return [{ name: key, image: present({ reference, pullPolicy: written(entries, 'PullPolicy') }) }];
  });
  return volumes.length === 0 ? undefined : volumes;
}
