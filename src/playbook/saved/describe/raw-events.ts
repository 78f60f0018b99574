import { quotedImage } from '../../events.ts';
import type { RawContainer } from '../../kubernetes.ts';
import type { SavedObject } from '../slim.ts';
import type { EventRow } from './events.ts';

/** The rows as events of this pod. Which container one is about is not shown: the image that it quotes tells, or there is but one. */
export function rawEvents(rows: readonly EventRow[], pod: SavedObject, time: number): readonly SavedObject[] {
  const paths = pathsOf(pod);
  return rows.flatMap((row, index) =>
    pathsFor(row, paths).map((fieldPath, copy) => ({
      metadata: {
        name: `${pod.metadata.name}.${index}${copy === 0 ? '' : `.${copy}`}`,
        namespace: pod.metadata.namespace ?? 'default',
        uid: `${pod.metadata.uid}/${index}/${copy}`,
        resourceVersion: String(index),
      },
      type: row.type,
      reason: row.reason,
      message: row.message,
      count: row.count,
      firstTimestamp: new Date(time - row.first).toISOString(),
      lastTimestamp: new Date(time - row.last).toISOString(),
      source: { component: row.from },
      involvedObject: { kind: 'Pod', name: pod.metadata.name, uid: pod.metadata.uid, ...(fieldPath !== null && { fieldPath }) },
    })),
  );
}

interface Path {
  readonly image: string | undefined;
  readonly path: string;
}

function pathsOf(pod: SavedObject): readonly Path[] {
  const spec = pod.spec as Readonly<Record<string, readonly RawContainer[] | undefined>>;
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((field) =>
    (spec[field] ?? []).map(({ name, image }) => ({ image, path: `spec.${field}{${name}}` })),
  );
}

/** Reasons of the kubelet about one container. */
const ofContainers: ReadonlySet<string> = new Set([
  'Failed',
  'BackOff',
  'Pulling',
  'Pulled',
  'InspectFailed',
  'ErrImageNeverPull',
  'Created',
  'Started',
]);

/** null: the event is the pod's. */
function pathsFor({ reason, message }: EventRow, paths: readonly Path[]): readonly (string | null)[] {
  if (!ofContainers.has(reason)) return [null];
  const image = quotedImage(message);
  const named = paths.filter((path) => image !== null && (path.image === image || `${path.image}:latest` === image));
  if (named.length > 0) return named.map(({ path }) => path);
  const [only] = paths;
  return image === null && paths.length === 1 && only ? [only.path] : [null];
}
