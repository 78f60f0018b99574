import { isObject, type Json, object, objects, text } from './fields.ts';

/** What the playbook reads of a cluster, by the names of the API's collections. */
export const kinds = {
  pods: 'Pod',
  events: 'Event',
  nodes: 'Node',
  secrets: 'Secret',
  serviceaccounts: 'ServiceAccount',
  deployments: 'Deployment',
  replicasets: 'ReplicaSet',
  statefulsets: 'StatefulSet',
  daemonsets: 'DaemonSet',
  controllerrevisions: 'ControllerRevision',
  jobs: 'Job',
  cronjobs: 'CronJob',
  replicationcontrollers: 'ReplicationController',
} as const;

export type SavedKind = (typeof kinds)[keyof typeof kinds];

const known: ReadonlySet<string> = new Set(Object.values(kinds));

export function isSavedKind(kind: string): kind is SavedKind {
  return known.has(kind);
}

/**
 * The kind of an object; null: none that matters. Items of a typed list name none, and their list may name its own only behind them: then
 * the shape tells.
 * @param listKind e.g. `PodList`, where it is known
 */
export function kindOf(item: Json, listKind: string | undefined): SavedKind | null {
  const own = text(item.kind) ?? listKind?.replace(/List$/, '');
  if (own !== undefined && own !== '') return isSavedKind(own) ? own : null;
  if (!isObject(item.metadata)) return null;
  if (isObject(item.involvedObject)) return 'Event';
  const spec = object(item.spec);
  if (objects(spec.containers).length > 0) return 'Pod';
  if (isObject(object(item.status).nodeInfo)) return 'Node';
  const owners = objects(object(item.metadata).ownerReferences).map(({ kind }) => kind);
  if (isObject(spec.template)) return owners.includes('Deployment') ? 'ReplicaSet' : owners.includes('CronJob') ? 'Job' : null;
  return text(item.type)?.startsWith('kubernetes.io/docker') ? 'Secret' : null;
}
