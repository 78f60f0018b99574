/** The API resources that the demo's cluster serves, with where each lies in the API. Those with a file were captured; the rest are empty. */
export interface Resource {
  readonly name: string;
  /** `api/v1` or `apis/GROUP/VERSION`. */
  readonly at: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const core = (name: string, kind: string, namespaced = true): Resource => ({ name, at: 'api/v1', kind, namespaced });
const grouped = (at: string, name: string, kind: string): Resource => ({ name, at, kind, namespaced: true });

export const captured: readonly Resource[] = [
  core('namespaces', 'Namespace', false),
  core('nodes', 'Node', false),
  core('pods', 'Pod'),
  core('events', 'Event'),
  core('secrets', 'Secret'),
  core('serviceaccounts', 'ServiceAccount'),
  grouped('apis/apps/v1', 'deployments', 'Deployment'),
  grouped('apis/apps/v1', 'replicasets', 'ReplicaSet'),
  grouped('apis/apps/v1', 'daemonsets', 'DaemonSet'),
];

export const resources: readonly Resource[] = [
  ...captured,
  core('replicationcontrollers', 'ReplicationController'),
  grouped('apis/apps/v1', 'statefulsets', 'StatefulSet'),
  grouped('apis/batch/v1', 'jobs', 'Job'),
  grouped('apis/batch/v1', 'cronjobs', 'CronJob'),
];

/** Documents of the API that are served as they were captured: versions and discovery. */
export const documents: readonly string[] = ['/version', '/api', '/apis', '/api/v1', '/apis/apps/v1', '/apis/batch/v1'];
