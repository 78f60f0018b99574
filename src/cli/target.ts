import type { Target } from '../playbook/subject/subject.ts';
import { quote } from './go-values.ts';
import { type UsageError, usageError } from './usage-error.ts';

/** Singular, plural and short names, and the API group behind a dot (`kubectl api-resources`). */
const types: readonly { readonly type: Exclude<Target['type'], 'other'>; readonly names: readonly string[]; readonly group: string }[] = [
  { type: 'pod', names: ['pod', 'pods', 'po'], group: '' },
  { type: 'deployment', names: ['deployment', 'deployments', 'deploy'], group: 'apps' },
  { type: 'statefulset', names: ['statefulset', 'statefulsets', 'sts'], group: 'apps' },
  { type: 'daemonset', names: ['daemonset', 'daemonsets', 'ds'], group: 'apps' },
  { type: 'replicaset', names: ['replicaset', 'replicasets', 'rs'], group: 'apps' },
  { type: 'job', names: ['job', 'jobs'], group: 'batch' },
  { type: 'cronjob', names: ['cronjob', 'cronjobs', 'cj'], group: 'batch' },
  { type: 'replicationcontroller', names: ['replicationcontroller', 'replicationcontrollers', 'rc'], group: '' },
];

/** Types that every server has and that stand for no pods. */
const withoutPods = new Set(
  (
    'node nodes no namespace namespaces ns configmap configmaps cm secret secrets serviceaccount serviceaccounts sa ' +
    'ingress ingresses ing event events ev endpoints ep persistentvolume persistentvolumes pv persistentvolumeclaim persistentvolumeclaims pvc ' +
    'networkpolicy networkpolicies netpol'
  ).split(' '),
);

/**
 * `POD`, `TYPE/NAME` or `TYPE NAME`, in every spelling of a type that kubectl takes (also `deployments.apps`, `deployment.v1.apps`, any
 * case). A type that is not known here is for the server to tell. The texts of the errors are those of cli-runtime
 * (pkg/resource/builder.go) and `kubectl logs`.
 * @param self how the program calls itself
 */
export function readTarget(operands: readonly string[], self: string): Target | UsageError {
  const [first = '', second, ...more] = operands;
  if (first === '' || more.length > 0) return expected(self);
  if (second === undefined) return first.includes('/') ? slashed(first) : { type: 'pod', name: first };
  if (first.includes('/') && second.includes('/')) return expected(self);
  if (first.includes('/') || second.includes('/')) {
    return usageError(
      'error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form ' +
        `(e.g. '${self} why resource/<resource_name>' instead of '${self} why resource resource/<resource_name>')`,
    );
  }
  return second === '' ? expected(self) : named(first, second);
}

function slashed(argument: string): Target | UsageError {
  const [type = '', name = '', ...more] = argument.split('/');
  if (more.length > 0) return usageError('error: arguments in resource/name form may not have more than one slash');
  if (type === '' || name === '' || type.includes(',') || name.includes(',')) {
    return usageError('error: arguments in resource/name form must have a single resource and name');
  }
  return named(type, name);
}

function named(typed: string, name: string): Target | UsageError {
  const [resource = '', ...groupWords] = typed.toLowerCase().split('.');
  const found = types.find(({ names, group }) => names.includes(resource) && isGroup(groupWords, group));
  if (found !== undefined) return { type: found.type, name };
  if (groupWords.length === 0 && withoutPods.has(resource)) {
    return usageError(`error: cannot tell which pods belong to ${typed}/${name}: name a pod, or one of ${supported()}`);
  }
  if (!/^[a-z0-9.-]+$/.test(typed.toLowerCase())) return usageError(`error: the server doesn't have a resource type ${quote(resource)}`);
  return { type: 'other', resource: typed.toLowerCase(), name };
}

/** After the first dot stands `group` or `version.group`; the core group is empty. */
function isGroup(words: readonly string[], group: string): boolean {
  if (words.length === 0) return true;
  const written = words.join('.').replace(/\.$/, '');
  return written === group || written.replace(/^v\d+[a-z0-9]*(\.|$)/, '') === group;
}

function supported(): string {
  return types
    .slice(1)
    .map(({ type }) => `${type}/NAME`)
    .join(', ');
}

function expected(self: string): UsageError {
  return usageError(
    `error: expected 'why (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the why command\nSee '${self} why -h' for help and examples`,
  );
}
