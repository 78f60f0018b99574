import { revisionAnnotations } from '../subject/revisions.ts';
import { type Json, number, object, objects, present, text, texts } from './fields.ts';
import type { SavedKind } from './kinds.ts';
import { slimSecret } from './secret.ts';
import { event } from './slim/event.ts';
import { node } from './slim/node.ts';
import { names } from './slim/parts.ts';
import { podSpec, podStatus } from './slim/pod.ts';
import { template, workload } from './slim/workload.ts';

/** An object of the file with the fields that the playbook reads and no others, each of the type that it has in the API. */
export interface SavedObject {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
    readonly resourceVersion?: string;
  };
  readonly [field: string]: unknown;
}

const parts: Readonly<Record<SavedKind, (item: Json) => object>> = {
  Pod: (item) => ({ spec: podSpec(item.spec), status: podStatus(item.status) }),
  Event: event,
  Node: node,
  Secret: slimSecret,
  ServiceAccount: ({ imagePullSecrets }) => ({ imagePullSecrets: names(imagePullSecrets) }),
  Deployment: workload,
  ReplicaSet: workload,
  StatefulSet: workload,
  DaemonSet: workload,
  Job: workload,
  CronJob: workload,
  ReplicationController: workload,
  ControllerRevision: ({ revision, data }) => ({
    revision: number(revision),
    data: { spec: { template: template(object(object(data).spec).template) } },
  }),
};

/**
 * What is kept of an object; null where it has no name. Everything else in it (environment, arguments, other annotations) may hold secrets
 * and is let go.
 */
export function slim(kind: SavedKind, item: Json): SavedObject | null {
  const meta = object(item.metadata);
  const name = text(meta.name);
  if (name === undefined) return null;
  const isOfCluster = kind === 'Node';
  const namespace = isOfCluster ? undefined : (text(meta.namespace) ?? 'default');
  const metadata = present({
    name,
    namespace,
    uid: text(meta.uid) ?? `${namespace ?? ''}/${name}`,
    creationTimestamp: text(meta.creationTimestamp),
    deletionTimestamp: text(meta.deletionTimestamp),
    resourceVersion: text(meta.resourceVersion),
    labels: kind === 'Event' ? undefined : texts(meta.labels),
    annotations: annotations(meta.annotations),
    ownerReferences: kind === 'Event' ? undefined : owners(meta.ownerReferences),
  });
  return { metadata: metadata as SavedObject['metadata'], ...present(parts[kind](item)) };
}

function annotations(value: unknown): Readonly<Record<string, string>> | undefined {
  const written = object(value);
  return texts(Object.fromEntries(revisionAnnotations.map((key) => [key, written[key]])));
}

function owners(value: unknown): readonly object[] | undefined {
  const known = objects(value).map(({ apiVersion, kind, name, uid, controller }) =>
    present({
      apiVersion: text(apiVersion) ?? '',
      kind: text(kind) ?? '',
      name: text(name) ?? '',
      uid: text(uid) ?? '',
      controller: controller === true || undefined,
    }),
  );
  return known.length === 0 ? undefined : known;
}
