import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import { toObstacle } from '../../cluster/errors.ts';
import type { Obstacle } from '../../values/evidence.ts';
import { kubectl } from '../../words/kubectl.ts';
import { within } from '../deadline.ts';
import type { RawPod } from '../kubernetes.ts';
import { shorten } from '../shorten.ts';
import { namespaced } from '../subject/workload.ts';
import type { ProbeRun } from './plan.ts';
import { type ProbePod, runAnnotation, slim } from './pod.ts';

/** Milliseconds that a write to the API server may take. */
export const patience = 5000;

/** Whether a pod would be let in; `serverTime` in milliseconds since 1970, by the server's clock where it is known. */
export interface Admission {
  readonly pod: ProbePod;
  readonly serverTime: number;
  readonly refusal?: Obstacle;
}

/** Asks for a pod; where it is refused, for what is to be made in its place. */
export async function admitOrFallBack(cluster: Cluster, pod: ProbePod): Promise<readonly Admission[]> {
  const admission = { pod, ...(await admit(cluster, pod)) };
  if (!('refusal' in admission)) return [admission];
  if (isForWantOfCpu(admission.refusal)) {
    const slower = slim(pod);
    const second = await admit(cluster, slower);
    if (!('refusal' in second)) return [{ pod: slower, ...second }];
  }
  return pod.fallback ? [admission, ...(await admitOrFallBack(cluster, pod.fallback))] : [admission];
}

/** What a ResourceQuota and a LimitRange say of limits that are too high (plugin resourcequota, limitranger). */
function isForWantOfCpu({ message }: Obstacle): boolean {
  return /exceeded quota|maximum cpu usage|cpu max limit to request ratio/i.test(message);
}

/** Server-side dry run: the API server's own answer, and nothing is made. */
async function admit(
  cluster: Cluster,
  pod: ProbePod,
): Promise<{ readonly serverTime: number } | { readonly serverTime: number; readonly refusal: Obstacle }> {
  const path = namespaced('/api/v1', pod.manifest.metadata.namespace ?? '', 'pods');
  try {
    const dry = await within(patience, 'the API server', cluster.create<RawPod>(path, pod.manifest, { dryRun: 'All' }));
    return { serverTime: Date.parse(dry.metadata.creationTimestamp ?? '') || Date.now() };
  } catch (error) {
    // A webhook that cannot be asked without side effects: the creation itself will show.
    if (error instanceof ApiError && error.message.includes('does not support dry run')) return { serverTime: Date.now() };
    return { serverTime: Date.now(), refusal: refusalOf(error, pod) };
  }
}

/**
 * What stands in the way of removing a probe pod, asked of one that is not there: nothing may be made that cannot be removed. null: nothing
 * is known to.
 */
export async function removalRefusal(cluster: Cluster, namespace: string, name: string): Promise<Obstacle | null> {
  try {
    await within(patience, 'the API server', cluster.delete(namespaced('/api/v1', namespace, 'pods', name), { dryRun: 'All' }));
    return null;
  } catch (error) {
    const obstacle = toObstacle(error, `delete pods in namespace ${namespace}`);
    return obstacle.kind === 'forbidden' ? obstacle : null;
  }
}

export async function createPod(cluster: Cluster, namespace: string, pod: ProbePod, run: ProbeRun | undefined): Promise<Creation> {
  const writing = cluster.create<RawPod>(namespaced('/api/v1', namespace, 'pods'), signed(pod.manifest, run));
  try {
    return { created: await within(patience, 'the API server', writing) };
  } catch (error) {
    const refusal = refusalOf(error, pod);
    if (error instanceof ApiError && error.code < 500) return { refusal };
    const nothing = () => {};
    return { refusal, unconfirmed: writing.then(nothing, nothing) };
  }
}

/**
 * `unconfirmed`: the API server did not say what became of it, so the pod may be there, or come yet; it settles when the request has ended.
 */
export type Creation = { readonly created: RawPod } | { readonly refusal: Obstacle; readonly unconfirmed?: Promise<void> };

function signed(manifest: RawPod, run: ProbeRun | undefined): RawPod {
  if (!run) return manifest;
  const annotations = { ...manifest.metadata.annotations, [runAnnotation]: `${run.machine}/${run.process}` };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

/** A right that is lacking is named; the sentence of a policy, a quota or a limit is kept as it is, without the echo of the pod's name. */
function refusalOf(error: unknown, pod: ProbePod): Obstacle {
  const namespace = pod.manifest.metadata.namespace ?? '';
  const obstacle = toObstacle(error, `create pods in namespace ${namespace}`);
  if (obstacle.kind !== 'refused' || !(error instanceof ApiError) || error.code === 401) return obstacle;
  return { kind: 'refused', message: shorten(error.message.replace(`pods "${pod.name}" is forbidden: `, ''), 2000) };
}

/** Milliseconds that a creation without an answer is waited for. */
const lateWrite = 10_000;

/** Milliseconds for a server to end what it was asked before the connection broke. */
const grace = 1000;

/**
 * Removes a probe pod, trying again for a short while; says so where it cannot.
 * @param unconfirmed the pod's creation, where nobody knows what became of it: that the pod is not there does not yet mean that it will not
 * come
 */
export async function removePod(
  cluster: Cluster,
  namespace: string,
  name: string,
  announce: (text: string) => void,
  unconfirmed?: Promise<void>,
): Promise<void> {
  const path = namespaced('/api/v1', namespace, 'pods', name);
  const giveUp = performance.now() + lateWrite;
  let settledBy = unconfirmed ? Number.POSITIVE_INFINITY : 0;
  void unconfirmed?.then(() => {
    settledBy = performance.now() + grace;
  });
  let reason = '';
  for (let failures = 0; failures < 3; ) {
    const asked = performance.now();
    try {
      await within(patience, 'the API server', cluster.delete(path, { gracePeriodSeconds: 0 }));
      return;
    } catch (error) {
      const isAbsent = error instanceof ApiError && error.code === 404;
      if (isAbsent && asked >= settledBy) return;
      if (!isAbsent) failures += 1;
      reason = isAbsent ? 'its creation was never answered' : error instanceof Error ? error.message : String(error);
      if (isAbsent && asked >= giveUp) break;
      await sleep(200);
    }
  }
  const remove = kubectl(cluster.reachedBy, 'delete', 'pod', name, '-n', namespace);
  announce(`Pod ${name} could not be removed (${reason}). It ends by itself: ${remove}`);
}
