import type { Cluster } from '../../cluster/cluster.ts';
import { controllerOf, type RawPod } from '../../playbook/kubernetes.ts';
import { ownerFrom, ownerOf } from '../../playbook/subject/owner.ts';
import type { Target } from '../../playbook/subject/subject.ts';
import type { Evidence, Owner } from '../../values/evidence.ts';

/** What a pod's own references tell of who made it, and what the file has above that: the workload itself need not be in the file. */
export async function ownersOf(cluster: Cluster, pod: RawPod): Promise<readonly Owner[]> {
  const direct = controllerOf(pod.metadata);
  if (!direct) return [];
  const top = await ownerOf(cluster, pod);
  return [ownerFrom(direct), ...(top ? [top] : []), ...rolloutOver(ownerFrom(direct), pod)];
}

/** Argo Rollouts labels its pods with the hash that their ReplicaSet's name ends in, as Deployments do by another label. */
function rolloutOver({ kind, name }: Owner, { metadata }: RawPod): readonly Owner[] {
  const hash = metadata.labels?.['rollouts-pod-template-hash'];
  if (kind !== 'ReplicaSet' || !hash || !name.endsWith(`-${hash}`)) return [];
  return [{ kind: 'Rollout', name: name.slice(0, -hash.length - 1), group: 'argoproj.io' }];
}

/** Whether the pod of this evidence is what was named, or is owned by it. */
export function isEvidenceOf(target: Target, { pod }: Evidence): boolean {
  return target.type === 'pod' ? pod.name === target.name : pod.owner !== null && isNamed(target, pod.owner);
}

/** Whether `TYPE/NAME` names this owner. */
export function isNamed(target: Exclude<Target, { type: 'pod' }>, { kind, name, group }: Owner): boolean {
  if (target.type === 'other') return name === target.name && group !== undefined && isType(target.resource, kind.toLowerCase(), group);
  if (group !== undefined) return false;
  // A CronJob names its Jobs after the minute: kubernetes pkg/controller/cronjob/utils.go, getJobName.
  if (target.type === 'cronjob' && kind === 'Job')
    return name.startsWith(`${target.name}-`) && /^\d{7,}$/.test(name.slice(target.name.length + 1));
  return name === target.name && kind.toLowerCase() === target.type;
}

/** So long are the short names of types, which only a server knows. */
const longestShortName = 5;

/** @param typed singular, plural or short name, alone or with the group, or version and group, behind dots */
function isType(typed: string, kind: string, group: string): boolean {
  const [word = '', ...rest] = typed.split('.');
  const isGroup = rest.length === 0 || [rest, rest.slice(1)].some((words) => words.length > 0 && group.startsWith(words.join('.')));
  return isGroup && (word.length <= longestShortName || [kind, `${kind}s`, `${kind}es`, kind.replace(/y$/, 'ies')].includes(word));
}
